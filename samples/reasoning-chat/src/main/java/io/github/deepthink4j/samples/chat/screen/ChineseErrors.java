package io.github.deepthink4j.samples.chat.screen;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.error.AnswerTooLargeException;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.CallQueueFullException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.ContextTooLongException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.error.StreamErrorException;
import io.github.deepthink4j.error.TurnTooLongException;
import io.github.deepthink4j.error.UnknownModelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The library's errors in Chinese: its own messages are English. What the server has said is quoted as it is, since it is what others can
 * be asked about.
 */
final class ChineseErrors {

    private static final int MOST_CAUSES = 8;
    private static final int CONFLICT = 409;
    private static final int PROXY_WANTS_PASSWORD = 407;

    private static final Pattern TRY_AGAIN = Pattern.compile("请(?:稍后再试|再试一次)(?:，或者检查网络)?。");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final String ADDRESS = "([\\w.:\\[\\]-]*[\\w\\]])";
    private static final Pattern PROXY = Pattern.compile("[Tt]he (?:SOCKS )?proxy " + ADDRESS);
    private static final Pattern PROXY_STATUS = Pattern.compile("answered with status (\\d+)");
    private static final Pattern SERVER = Pattern.compile(
            "(?:\\b(?:at|host|connection to|request to|through to|byte from|answer from) (?!the\\b|of\\b)" + ADDRESS
                    + ")|^(?!The\\b)" + ADDRESS + "(?: hung up|, or the proxy)");
    private static final Pattern MODEL = Pattern.compile("There is no model '([^']*)'");
    private static final Pattern KIND = Pattern.compile("has failed: (\\w+)");

    private static final Map<Class<? extends Throwable>, Function<Throwable, String>> SENTENCES = new LinkedHashMap<>();

    static {
        say(InvalidApiKeyException.class, error -> "API key 没有被接受。请检查 key，以及它是否属于这个 base url。");
        say(InsufficientBalanceException.class, error -> "账户余额不足。请充值，或者换一个 key。");
        say(DeepSeekRateLimitException.class, error -> "同一时间的请求太多。" + comeBack(error.retryAfter()) + "也请少发一些并行的请求。");
        say(CallQueueFullException.class, error -> "排队等待的请求太多。请稍后再试。");
        say(ServerOverloadedException.class, error -> "服务器过载。" + comeBack(error.retryAfter()));
        say(ServerFaultException.class, error -> "服务器出错。请稍后再试。");
        say(DeepSeekTimeoutException.class, ChineseErrors::late);
        say(ConnectionFailedException.class, ChineseErrors::unconnected);
        say(StreamCutException.class, error -> "回答在中途断了：连接中断，或者服务器中止了回答。已显示的内容不完整。请再试一次。");
        say(
                StreamErrorException.class,
                error -> (error.partialMessage() == null ? "服务器没有回答，而是报告了错误。" : "服务器在回答中途报告了错误。") + "请再试一次。");
        say(
                ContentRefusedException.class,
                error -> (error.partialMessage() == null ? "内容被拒绝：这个问题没有得到回答。" : "内容被拒绝：回答被中止。") + "请换一种说法再问。");
        say(ContextTooLongException.class, error -> "对话超出了模型的上下文长度。请用 /forget 重新开始，或者少发一些内容。");
        say(
                UnknownModelException.class,
                error -> "服务器没有"
                        + found(MODEL, error).map(name -> "名为 " + name + " 的").orElse("这个")
                        + "模型，或者没有这个接口。请检查模型名称和 base url。");
        say(EmptyAnswerException.class, error -> "模型结束了回答，却什么也没有说。请再试一次。");
        say(ReasoningBudgetException.class, error -> "输出 token 的上限已经用完，回答没有完成。请把问题分小，或者降低思考强度。");
        say(AnswerTooLargeException.class, error -> "回答超过了允许的大小，已停止接收。");
        say(TurnTooLongException.class, error -> "这一轮对话太长，记忆放不下。请用 /forget 重新开始，或者少发一些内容。");
        say(MalformedAnswerException.class, error -> "收到的内容不是聊天接口的回答，无法读取。请检查 base url，以及中间的代理或网关；也可以再试一次。");
        say(
                RequestRejectedException.class,
                error -> Integer.valueOf(CONFLICT).equals(error.httpStatus())
                        ? "服务器此刻不接受这个请求。请稍后再试。"
                        : "服务器不接受这个请求，原样再发也会被拒绝。请换一种问法或设置。");
        say(CallInterruptedException.class, error -> "请求被中断。");
    }

    private ChineseErrors() {}

    private static <E extends Throwable> void say(Class<E> type, Function<E, String> sentence) {
        SENTENCES.put(type, error -> sentence.apply(type.cast(error)));
    }

    /** Empty for what is no error of the library, or what is in Chinese already. */
    static Optional<String> of(Throwable error) {
        if (error.getMessage() != null
                && CHINESE.matcher(error.getMessage()).find()
                && !(error instanceof DeepSeekError)) {
            return Optional.empty();
        }
        Throwable cause = error;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++, cause = cause.getCause()) {
            Function<Throwable, String> sentence = SENTENCES.get(cause.getClass());
            if (sentence != null) {
                return Optional.of(withoutBlanksAtMarks(unlessBilled(cause, sentence.apply(cause))) + details(cause));
            }
        }
        return notSent(error);
    }

    /** What may have been done is not to be tried again without a thought. */
    private static String unlessBilled(Throwable error, String sentence) {
        return String.valueOf(error.getMessage()).contains("billed all the same")
                ? TRY_AGAIN.matcher(sentence).replaceAll("它可能已经完成并计费，再次发送会再次计费。")
                : sentence;
    }

    /** Blanks stand between a name and what is in Chinese, and not where a sentence begins or ends. */
    private static String withoutBlanksAtMarks(String sentence) {
        return sentence.strip().replaceAll(" (?=[。：，])", "");
    }

    /** What the library refuses before it sends it names in English what it is about. */
    private static Optional<String> notSent(Throwable error) {
        if (error instanceof UnsupportedFeatureException) {
            return Optional.of("这个模型不支持所要求的功能，请求没有发送（" + error.getMessage() + "）。");
        }
        return error.getClass() == InvalidRequestException.class
                ? Optional.of("这个请求不成立，没有发送（" + error.getMessage() + "）。")
                : Optional.empty();
    }

    private static String details(Throwable error) {
        if (!(error instanceof DeepSeekError own)) {
            return "";
        }
        String said = own.details().providerMessage();
        String status = own.httpStatus() == null ? "" : "HTTP " + own.httpStatus();
        String request = own.requestId() == null ? "" : "请求编号 " + own.requestId();
        String where = status + (status.isEmpty() || request.isEmpty() ? "" : "，") + request;
        return (said == null ? "" : "服务器的原话：“" + said + "”。") + (where.isEmpty() ? "" : "（" + where + "）");
    }

    private static String comeBack(Optional<Duration> after) {
        return after.filter(wait -> !wait.isZero())
                .map(wait -> "请在 " + wait.plusMillis(999).toSeconds() + " 秒后再试。")
                .orElse("请稍后再试。");
    }

    private static String late(DeepSeekTimeoutException error) {
        String what = switch (error.phase()) {
            case CONNECT ->
                "没有能在限定时间内连接到" + (proxy(error).isPresent() ? proxy(error).get() : server(error)) + "。";
            case FIRST_BYTE -> server(error) + "没有在限定时间内开始回答。";
            case IDLE -> server(error) + "在回答中途没有再发送任何内容，等待超时。";
            case TOTAL -> "没有在限定时间内得到完整的回答。";
            case SERVER -> "服务器不再等待这个请求。";
        };
        return what + "请再试一次，或者检查网络。" + socks(error);
    }

    private static String unconnected(ConnectionFailedException error) {
        Optional<String> status = found(PROXY_STATUS, error);
        String what = switch (error.reason()) {
            case REFUSED ->
                status.isPresent()
                        ? proxy(error).orElse("代理") + "没有放行这个请求，返回的状态是 " + status.get() + "。"
                                + (status.get().equals(String.valueOf(PROXY_WANTS_PASSWORD)) ? "它要求用户名和密码。" : "")
                                + "请检查代理的规则。"
                        : httpProxy(error)
                                .map(proxy -> "连接不上" + proxy + "。请检查代理。")
                                .orElse("连接不上" + server(error) + "：那里没有程序在监听。请检查 base url。");
            case UNKNOWN_HOST ->
                httpProxy(error)
                        .map(proxy -> "找不到" + proxy + "的主机。请检查代理。")
                        .orElse("找不到主机" + server(error) + "。请检查 base url 和网络。");
            case TLS -> "无法与" + server(error) + "建立安全连接。请检查 base url、证书和代理。";
            case RESET -> server(error) + "在回答之前断开了连接。请再试一次。";
            case EXECUTOR, CLOSED -> "程序正在结束，请求没有完成。";
            case OTHER ->
                "发往" + server(error) + "的请求失败了"
                        + found(KIND, error).map(kind -> "（" + kind + "）").orElse("") + "。请检查网络。";
        };
        return what + socks(error);
    }

    private static Optional<String> proxy(Throwable error) {
        return found(PROXY, error).map(address -> "代理 " + address + " ");
    }

    private static Optional<String> httpProxy(Throwable error) {
        return isOfSocks(error) ? Optional.empty() : proxy(error);
    }

    private static boolean isOfSocks(Throwable error) {
        return String.valueOf(error.getMessage()).contains("The SOCKS proxy");
    }

    private static String socks(Throwable error) {
        return isOfSocks(error)
                ? "设置了 SOCKS " + proxy(error).orElse("代理").strip() + "，而 Java 的 HTTP 客户端不使用 SOCKS 代理：请设置 HTTP 代理。"
                : "";
    }

    private static String server(Throwable error) {
        return found(SERVER, error).map(address -> " " + address + " ").orElse("服务器");
    }

    private static Optional<String> found(Pattern pattern, Throwable error) {
        Matcher matcher = pattern.matcher(String.valueOf(error.getMessage()));
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
}
