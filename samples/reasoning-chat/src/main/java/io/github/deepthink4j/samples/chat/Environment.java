package io.github.deepthink4j.samples.chat;

import io.github.deepthink4j.samples.chat.screen.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of the environment, of which a blank one counts as not set. What is wrong with one is said without showing it: a
 * key may stand in any of them.
 */
record Environment(Map<String, String> variables) {

    private static final Pattern EDGES = Pattern.compile("^[\\s\\p{Z}\\p{C}]+|[\\s\\p{Z}\\p{C}]+$");
    private static final Pattern QUOTE = Pattern.compile("^[\"'`“”‘’«»]|[\"'`“”‘’«»]$");
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]");
    private static final Pattern UNSEEN = Pattern.compile("\\p{C}");
    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x21-\\x7E]");

    private static final Pattern ADDRESS = Pattern.compile("(?i)^(?:\\w+:)?//.*|https?:.*");
    private static final Pattern LOCAL = Pattern.compile("(?i)(?:localhost|\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");
    private static final Pattern UNDERSCORE = Pattern.compile("[A-Za-z0-9.-]*_[A-Za-z0-9._-]*(?::\\d*)?");
    private static final int HIGHEST_PORT = 65_535;

    /** Servers of one's own take any key, such as a word that is also the model's name. */
    private static final int SHORTEST_KEY = 6;

    /** The beginnings that those who hand out keys give them. */
    private static final Pattern NAMED_KEY =
            Pattern.compile("(?i)(?:sk|pk|rk|gsk|ak|hf|xai|nvapi|ark|key)[-_].{8,}|AIza.{8,}|eyJ.{16,}");

    /** No word of a model's name is as long a mix of letters and digits. */
    private static final Pattern LONG_WORD = Pattern.compile("\\p{Alnum}{16,}");

    private static final Pattern MIXED = Pattern.compile("(?=(?:\\D*\\d){4})(?=(?:\\d*\\D){4}).*");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** What is known to belong to the address of an API. Another part of a path may be a key. */
    private static final Pattern API_PATH = Pattern.compile(
            "(?:/(?:v\\d{1,2}(?:beta\\d?)?|api|beta|openai|compatible-mode|compatibility|paas|inference|chat|completions))*+(?=/|$)");

    /** Blank if it is not set. */
    String get(String name) {
        return EDGES.matcher(variables.getOrDefault(name, "")).replaceAll("");
    }

    String get(String name, String otherwise) {
        return isSet(name) ? get(name) : otherwise;
    }

    boolean isSet(String name) {
        return !get(name).isEmpty();
    }

    /**
     * A key; blank if it is not set.
     *
     * @throws IllegalArgumentException if it can be none, in words that name the variable
     */
    String key(String name) {
        String key = get(name);
        checkPasted(name, key);
        if (ADDRESS.matcher(key).matches()) {
            throw wrong(
                    name,
                    "holds an address, which belongs in " + sibling(name, "_BASE_URL") + "; the key belongs here",
                    "里是一个地址：地址应写在 " + sibling(name, "_BASE_URL") + "，这里只写 key");
        }
        if (key.toLowerCase(Locale.ROOT).startsWith("deepseek-")) {
            throw wrong(
                    name,
                    "holds the name of a model, which belongs in " + sibling(name, "_MODEL") + "; the key belongs here",
                    "里是模型的名称：名称应写在 " + sibling(name, "_MODEL") + "，这里只写 key");
        }
        checkCharacters(
                name,
                key,
                BLANK,
                "a blank; only the key belongs here, without a word such as Bearer",
                "空格：这里只写 key，不写 Bearer 之类的词");
        checkCharacters(name, key, NOT_ASCII, "a character that no key has: copy it anew", "key 里不会有的字符：请重新复制");
        return key;
    }

    /**
     * The name of a model, which is shown later on.
     *
     * @throws IllegalArgumentException if it can be none, in words that name the variable
     */
    String model(String name, String otherwise) {
        String model = get(name, otherwise);
        checkPasted(name, model);
        if (ADDRESS.matcher(model).matches()) {
            throw wrong(
                    name,
                    "holds an address, which belongs in " + sibling(name, "_BASE_URL")
                            + "; the name of a model belongs here, such as " + otherwise,
                    "里是一个地址：地址应写在 " + sibling(name, "_BASE_URL") + "，这里写模型的名称，例如 " + otherwise);
        }
        if (isSet(name) && isLikeAKey(model)) {
            throw wrong(
                    name,
                    "holds what looks like a key, which belongs in " + sibling(name, "_API_KEY")
                            + "; the name of a model belongs here, such as " + otherwise,
                    "里的内容像是 key：key 应写在 " + sibling(name, "_API_KEY") + "，这里写模型的名称，例如 " + otherwise);
        }
        checkCharacters(
                name,
                model,
                BLANK,
                "a blank; the name of a model has none, such as " + otherwise,
                "空格：模型的名称里没有空格，例如 " + otherwise);
        checkCharacters(name, model, UNSEEN, "a character that nobody sees: type it anew", "看不见的字符：请重新输入");
        return model;
    }

    /**
     * The address of a server; blank if it is not set.
     *
     * @throws IllegalArgumentException if it is none, in words that name the variable
     */
    String url(String name) {
        String url = get(name);
        if (!url.isEmpty()) {
            checkUrl(name, url);
        }
        return url;
    }

    private void checkUrl(String name, String url) {
        checkPasted(name, url);
        if (url.contains("@")) {
            throw wrong(
                    name,
                    "holds an @: a user and a password before it are not sent, leave them out" + likeAnAddress(),
                    "里有 @：它前面的用户名和密码不会被发送，请去掉" + likeAnAddress());
        }
        checkCharacters(
                name, url, BLANK, "a blank, which no address has" + likeAnAddress(), "空格：地址里没有空格" + likeAnAddress());
        checkCharacters(
                name,
                url,
                NOT_ASCII,
                "a character that no address has, such as a full-width or an invisible one" + likeAnAddress(),
                "地址里不会有的字符，例如全角字符或看不见的字符" + likeAnAddress());
        if (url.contains("#")) {
            throw wrong(
                    name, "holds a #, and what stands behind it is never sent: leave it out", "里有 #：它后面的内容不会被发送，请去掉");
        }
        URI uri = uri(url);
        if (uri != null
                && UNDERSCORE.matcher(String.valueOf(uri.getRawAuthority())).matches()) {
            throw wrong(
                    name,
                    "has an underscore in its host, and Java's HTTP client takes no such name: give the server a name with a"
                            + " hyphen in its place (in docker compose the service's, or an alias of its network), or use"
                            + " its address",
                    "的主机名里有下划线，Java 的 HTTP 客户端不接受这样的名称：请把下划线换成连字符（docker compose 里改服务名，或加一个网络别名），" + "或使用 IP 地址");
        }
        if (uri == null || uri.getHost() == null || !uri.getScheme().matches("(?i)https?")) {
            String shown = LOCAL.matcher(url).matches() ? ": " + url : "";
            String key = isLikeAKey(url)
                    ? Words.of(" It looks like a key, which belongs in ", "它像是 key：key 应写在 ")
                            + sibling(name, "_API_KEY")
                            + Words.of(".", "。")
                    : "";
            throw new IllegalArgumentException(Words.of(
                    name + " is not the address of a server" + shown
                            + ". It begins with http:// or https://, such as http://127.0.0.1:8000." + key,
                    name + " 不是服务器的地址" + shown + "。地址以 http:// 或 https:// 开头，例如 http://127.0.0.1:8000。" + key));
        }
        if (!uri.getHost().contains(".") && isLikeAKey(uri.getHost())) {
            throw wrong(
                    name,
                    "has what looks like a key in the place of a host, which belongs in " + sibling(name, "_API_KEY")
                            + likeAnAddress(),
                    "的主机名像是 key：key 应写在 " + sibling(name, "_API_KEY") + likeAnAddress());
        }
        if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw wrong(
                    name,
                    "has a port that there is not: ports go from 1 to " + HIGHEST_PORT,
                    "的端口不存在：端口是 1 到 " + HIGHEST_PORT);
        }
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            return uri.getScheme() == null ? null : uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String likeAnAddress() {
        return Words.of(". It looks like http://127.0.0.1:8000", "。地址的样子是 http://127.0.0.1:8000");
    }

    /**
     * What files of settings leave around a value, or before it.
     *
     * @throws IllegalArgumentException if there is something of it, in words that name the variable
     */
    void checkPasted(String name, String value) {
        if (value.matches("(?s)(?:(?:export|set)\\s+)?[A-Z]+(?:_[A-Z0-9]+)+\\s*=.*")) {
            throw wrong(
                    name,
                    "holds the name of a variable too: only what stands behind the = belongs there",
                    "里还有变量名：只写 = 后面的内容");
        }
        if (QUOTE.matcher(value).find()) {
            throw wrong(name, "stands between quotes: leave them out", "两边有引号：请去掉引号");
        }
    }

    private static void checkCharacters(String name, String value, Pattern unwanted, String english, String chinese) {
        Matcher found = unwanted.matcher(value);
        if (found.find()) {
            String place = (found.start() + 1) + Words.of(" of ", " / ") + value.length();
            throw wrong(name, "holds, at place " + place + ", " + english, "的第 " + place + " 个字符是" + chinese);
        }
    }

    /** Whether it must not be shown: one of the keys, or like one. */
    private boolean isLikeAKey(String value) {
        return value.length() >= SHORTEST_KEY
                        && variables.keySet().stream()
                                .filter(name -> name.endsWith("_API_KEY"))
                                .map(this::get)
                                .anyMatch(value::equals)
                || NAMED_KEY.matcher(value).matches()
                || UUID.matcher(value).find()
                || LONG_WORD
                        .matcher(value)
                        .results()
                        .anyMatch(word -> MIXED.matcher(word.group()).matches());
    }

    /** The variable of the same server that ends otherwise. */
    private static String sibling(String name, String end) {
        return name.substring(0, name.indexOf('_')) + end;
    }

    /** In one line that names the variable and does not show it. */
    static IllegalArgumentException wrong(String name, String english, String chinese) {
        return new IllegalArgumentException(Words.of(name + " " + english + ".", name + " " + chinese + "。"));
    }

    /** What may be shown of an address: neither a name and password, nor a query, nor of a path what may be a key. */
    static String shown(String url) {
        String plain =
                url.replaceFirst("(?s)[?#].*$", "").replaceFirst("//.*@", "//").replaceFirst("/+$", "");
        Matcher root = Pattern.compile("^\\w+://[^/]*").matcher(plain);
        if (!root.find()) {
            return "***";
        }
        Matcher path = API_PATH.matcher(plain).region(root.end(), plain.length());
        int end = path.lookingAt() ? path.end() : root.end();
        return plain.substring(0, end) + (end < plain.length() ? "/***" : "");
    }
}
