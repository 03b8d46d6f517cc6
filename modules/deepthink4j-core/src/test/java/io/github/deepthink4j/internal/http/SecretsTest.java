package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.leaks.OnPurpose;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    /** Like no key that any pattern knows. */
    private static final String KEY = "Qx7/vB+93kLmZp0TgHw2";

    private static final URI PLAIN = URI.create("https://api.example.com/v1/chat/completions");

    private final Secrets secrets = Secrets.of(PLAIN, Map.of("Authorization", "Bearer " + KEY), null);

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void should_mask_each_occurrence_of_this_key() {
        assertThat(secrets.masked("key " + KEY + " or " + KEY + "!")).isEqualTo("key *** or ***!");
        assertThat(secrets.own("key " + KEY.toLowerCase(Locale.ROOT))).isEqualTo("key ***");
        assertThat(secrets.own("nothing of it")).isEqualTo("nothing of it");
    }

    @Test
    void should_mask_twelve_characters_and_more_of_it() {
        for (int from = 0; from + 12 <= KEY.length(); from++) {
            for (int to = from + 12; to <= KEY.length(); to++) {
                assertThat(secrets.own("<" + KEY.substring(from, to) + ">")).isEqualTo("<***>");
            }
        }
        assertThat(secrets.own(KEY.substring(0, 11))).isEqualTo(KEY.substring(0, 11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "user:", "a longer name:"})
    void should_mask_it_in_base64_whatever_stands_around_it(String before) {
        for (String after : new String[] {"", "x", "xy", "xyz"}) {
            String encoded = base64(before + KEY + after);

            String shown = secrets.own(
                    "Basic " + encoded + " and " + encoded.replace('+', '-').replace('/', '_'));

            String own = base64(KEY).substring(4, 20);
            assertThat(shown)
                    .contains("***")
                    .doesNotContain(own, encoded, encoded.replace('+', '-').replace('/', '_'));
        }
    }

    @Test
    void should_mask_a_key_of_odd_letters_as_json_has_it() {
        Secrets odd = Secrets.of(PLAIN, Map.of("Authorization", "Bearer ab\"cd\\ef/gh12"), null);

        StringBuilder unicode = new StringBuilder();
        StringBuilder percent = new StringBuilder();
        for (char c : KEY.toCharArray()) {
            unicode.append(String.format("\\u%04x", (int) c));
            percent.append(String.format("%%%02X", (int) c));
        }
        assertThat(secrets.own("<" + unicode + "> <" + percent + "> <"
                        + KEY.replace("/", "\\/").replace("+", "\\u002B") + ">"))
                .isEqualTo("<***> <***> <***>");
        assertThat(secrets.own("100 % of it, \\u12, %zz, \\")).isEqualTo("100 % of it, \\u12, %zz, \\");
        assertThat(odd.own("<ab\\\"cd\\\\ef/gh12> <ab\\\"cd\\\\ef\\/gh12>")).isEqualTo("<***> <***>");
    }

    @Test
    void should_mask_it_as_it_stands_in_a_url_and_in_json() {
        assertThat(secrets.own("?key=Qx7%2FvB%2B93kLmZp0TgHw2&x")).isEqualTo("?key=***&x");
        assertThat(secrets.own("{\"key\":\"Qx7\\/vB+93kLmZp0TgHw2\"}")).isEqualTo("{\"key\":\"***\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "Api-Key, of-a-host-without-a-pattern",
        "X-Gateway-Token, of-a-host-without-a-pattern",
        "Cookie, sid=of-a-host-without-a-pattern",
        "Proxy-Authorization, Basic of-a-host-without-a-pattern",
        "X-Session, of-a-host-without-a-pattern",
        "X-Forward, Bearer of-a-host-without-a-pattern",
        "X-Credential, of-a-host-without-a-pattern",
        "X-Passphrase, of-a-host-without-a-pattern",
        "X-Admin-Pass, of-a-host-without-a-pattern",
        "x_pin, of-a-host-without-a-pattern",
        "X-SK, of-a-host-without-a-pattern",
        "X-AK, of-a-host-without-a-pattern",
        "webhookSig, of-a-host-without-a-pattern",
        "X-Hmac, of-a-host-without-a-pattern",
        "Digest, of-a-host-without-a-pattern",
        "X-Client-Assertion, of-a-host-without-a-pattern",
        "X-Ticket, of-a-host-without-a-pattern",
        "X-Otp, of-a-host-without-a-pattern",
        "X-CSRF, of-a-host-without-a-pattern",
        "X-Bearer, of-a-host-without-a-pattern",
    })
    void should_know_where_secrets_are_in_headers(String name, String value) {
        Secrets own = Secrets.of(PLAIN, Map.of(name, value), null);

        assertThat(own.own("you sent of-a-host-without-a-pattern")).isEqualTo("you sent ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Bypass", "X-Passage", "X-Pinned", "X-Task", "X-Signal", "X-Risk", "X-Spin"})
    void should_not_take_a_word_for_another_that_it_holds(String name) {
        Secrets own = Secrets.of(PLAIN, Map.of(name, "in-the-name-of-the-law"), null);

        assertThat(own.own("in-the-name-of-the-law")).isEqualTo("in-the-name-of-the-law");
        assertThat(own.header(name, "in-the-name-of-the-law")).isEqualTo("in-the-name-of-the-law");
    }

    private static String token(int number) {
        return Integer.toString(number).repeat(16);
    }

    @Test
    void should_know_the_tokens_of_requests_before() {
        Secrets now = secrets;
        for (int i = 0; i < 8; i++) {
            now = Secrets.of(PLAIN, Map.of("Authorization", "Bearer " + token(i)), now);
        }

        assertThat(now.own("not " + KEY + ", not " + token(0) + ", not " + token(7)))
                .isEqualTo("not ***, not ***, not ***");

        now = Secrets.of(PLAIN, Map.of("Authorization", "Bearer " + token(0)), now);
        assertThat(now.own("not " + token(0) + ", not " + token(7))).isEqualTo("not ***, not ***");
    }

    @Test
    void should_know_the_password_within_basic_authorization() {
        Secrets own = Secrets.of(PLAIN, Map.of("Authorization", "Basic " + base64("me:the-password-of-me")), null);

        assertThat(own.own("no user with the-password-of-me")).isEqualTo("no user with ***");
    }

    @Test
    void should_leave_words_alone_that_are_too_short_to_be_secret() {
        Secrets own = Secrets.of(PLAIN, Map.of("Authorization", "Bearer ollama", "X-Title", "the title of all"), null);

        assertThat(own.own("ollama says: the title of all")).isEqualTo("ollama says: the title of all");
    }

    @Test
    void should_mask_what_is_secret_in_a_url() {
        URI uri = URI.create("https://api.example.com/v1?api-version=2024&code=abc&api_key=0123456789abcdef#x");
        Secrets own = Secrets.of(uri, Map.of(), null);

        assertThat(own.masked(uri)).hasToString("https://api.example.com/v1?api-version=2024&code=***&api_key=***#x");
        assertThat(own.own("no key 0123456789abcdef")).isEqualTo("no key ***");
        assertThat(own.masked(URI.create("https://me:secret@example.com/"))).hasToString("https://***@example.com/");
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/v1;key=0123456789abcdef/chat, https://h.example/v1;key=***/chat",
        "https://h.example/v1;v=2;sk=0123456789abcdef, https://h.example/v1;v=2;sk=***",
        "https://h.example/v1?debug&0123456789abcdef, https://h.example/v1?debug&***",
        "https://h.example/v1?ak=0123456789abcdef&v=2, https://h.example/v1?ak=***&v=2",
    })
    void should_mask_what_is_secret_wherever_it_stands_in_a_url(URI uri, String shown) {
        Secrets own = Secrets.of(uri, Map.of(), null);

        assertThat(own.masked(uri)).hasToString(shown);
        assertThat(own.own("no key 0123456789abcdef")).isEqualTo("no key ***");
    }

    @Test
    void should_mask_what_looks_like_anybodys_key() {
        assertThat(secrets.masked("sk-0123456789, Bearer abc.def, gsk_0123456789 and AIzaSyA0123456789"))
                .isEqualTo("***, Bearer ***, *** and ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-0123456789abcdef0123456789abcdef",
                "sk-proj-Ab3dEf_gH1jKlMnOpQrStUvWx",
                "sk-ant-api03-AbCdEf_0gH-IjKlMn",
                "sk-or-v1-0123456789abcdef",
                "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH",
                "xai-Zx4Tn9QwLm2Vb7Rk",
                "nvapi-Zx4Tn9Qw_Lm2Vb7Rk-Zx4Tn9Qw",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
            })
    void should_mask_the_keys_of_other_vendors(String key) {
        assertThat(secrets.masked("no " + key + ", \"" + key + "\"")).isEqualTo("no ***, \"***\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use sk-learn, or sk-learning-v2024",
                "hf_hub_download and hf_transformers",
                "fw_update_v2_1 of tgp_tools",
                "xai-based, xai-2024-workshop, nvapi-driven",
                "AIzaNotKey is short",
                "the bearer of bad news",
                "Bearer token is missing. The bearer.",
                "no Bearer authentication: bearer's",
                "Bearer \u4ee4\u724c\u65e0\u6548",
                "sk-... and sk-***"
            })
    void should_leave_prose_alone(String prose) {
        assertThat(secrets.masked(prose)).isEqualTo(prose);
    }

    @Test
    void should_show_one_line_of_bounded_length() {
        assertThat(secrets.shown("a\r\nb\u200b\u2028c " + KEY)).isEqualTo("a b c ***");
        assertThat(secrets.shown("x".repeat(100_000))).hasSize(503);
        assertThat(secrets.shown("x".repeat(119) + "\uD83D\uDE00".repeat(10), Secrets.MAX_NAME))
                .isEqualTo("x".repeat(119) + "...");
        assertThat(secrets.shown(" \n")).isNull();
        assertThat(secrets.shown(null)).isNull();
    }

    @Test
    void should_take_a_cause_as_it_is_unless_it_holds_a_secret() {
        Throwable harmless = new IOException("reset", new IllegalStateException("closed"));
        assertThat(secrets.masked(harmless)).isSameAs(harmless);

        Throwable telling = OnPurpose.withKey(() -> new IOException(
                "failed", new IllegalArgumentException("invalid header value: \"Bearer " + KEY + "\"")));
        telling.addSuppressed(OnPurpose.withKey(() -> new IOException("again " + KEY)));
        Throwable masked = secrets.masked(telling);

        assertThat(masked).hasToString("java.io.IOException: failed");
        assertThat(masked.getStackTrace()).isEqualTo(telling.getStackTrace());
        assertThat(masked.getCause())
                .hasToString("java.lang.IllegalArgumentException: invalid header value: \"Bearer ***\"");
        assertThat(masked.getSuppressed()[0]).hasToString("java.io.IOException: again ***");
    }

    @Test
    void should_mask_a_key_that_is_cut_over_two_reads() {
        String body = "data: {\"content\":\"\u4f60\u597d " + KEY + "\"}\n\ndata: [DONE]\n\n";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            DecodedText text = new DecodedText();
            String read = text.add(ByteBuffer.wrap(bytes, 0, cut))
                    + text.add(ByteBuffer.wrap(bytes, cut, bytes.length - cut))
                    + text.end();

            assertThat(MaskedAnswer.masked(read, secrets)).isEqualTo(body.replace(KEY, "***"));
        }
    }

    @Test
    void should_mask_a_long_line_without_an_end() {
        String line = ("x".repeat(1000) + KEY).repeat(300);

        assertThat(MaskedAnswer.masked(line, secrets)).isEqualTo(("x".repeat(1000) + "***").repeat(300));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void should_be_the_same_for_the_same_request() {
        assertThat(Secrets.of(PLAIN, Map.of("Authorization", "Bearer " + KEY), secrets))
                .isSameAs(secrets);
        assertThat(Secrets.of(PLAIN, Map.of("Authorization", "Bearer another-key"), secrets))
                .isNotSameAs(secrets);
        assertThat(secrets).hasToString("Secrets[]");
    }

    @Test
    void should_mask_it_where_a_text_begins_and_where_it_ends() {
        assertThat(secrets.own(KEY)).isEqualTo("***");
        assertThat(secrets.own(KEY + " it is")).isEqualTo("*** it is");
        assertThat(secrets.own("it is " + KEY)).isEqualTo("it is ***");
        assertThat(secrets.own("%51x7/vB+93kLmZp0TgHw2")).isEqualTo("***");
        assertThat(secrets.own("\\u0051x7/vB+93kLmZp0TgHw2")).isEqualTo("***");
        assertThat(secrets.own("Qx7/vB+93kLmZp0TgHw%32")).isEqualTo("***");
        assertThat(secrets.own("Qx7/vB+93kLmZp0TgHw\\u0032")).isEqualTo("***");
        assertThat(secrets.own("it ends with %5")).isEqualTo("it ends with %5");
        assertThat(secrets.own("it ends with \\u00")).isEqualTo("it ends with \\u00");
    }

    /** As short as a secret may be: no part of it is one, only all of it. */
    @Test
    void should_mask_a_short_one_as_a_whole() {
        Secrets pair = Secrets.of(PLAIN, Map.of("Authorization", "Basic " + base64("me:pa55word")), null);
        Secrets shorter = Secrets.of(PLAIN, Map.of("Api-Key", "1234567"), null);
        Secrets signed = Secrets.of(PLAIN, Map.of("Cookie", "sid=\"pa55word\"; theme=dark"), null);

        assertThat(pair.own("PA55WORD, pa55word and pa55worpa55word")).isEqualTo("***, *** and pa55wor***");
        assertThat(pair.own("pa55wor")).isEqualTo("pa55wor");
        assertThat(pair.own("<" + base64("pa55word:x") + ">"))
                .startsWith("<***")
                .doesNotContain("cGE1NXdvcm");
        assertThat(signed.own("sid is pa55word, and dark")).isEqualTo("sid is ***, and dark");
        assertThat(shorter.own("1234567 " + base64("1234567"))).isEqualTo("1234567 " + base64("1234567"));
    }

    /** Of twelve characters, which are both the whole and a part, and of as many as base64 takes without a rest. */
    @Test
    void should_mask_base64_up_to_its_last_character() {
        for (String key : new String[] {"Zx4Tn9QwLm2V", "Zx4Tn9QwLm2Vb7RkZx4Tn"}) {
            Secrets own = Secrets.of(PLAIN, Map.of("Api-Key", key), null);

            assertThat(own.own("<" + base64(key) + "> <" + key + ">")).isEqualTo("<***> <***>");
        }
    }

    @Test
    void should_mask_backslashes_as_json_has_them() {
        String key = "ab\\\\cd\"e/123";
        Secrets own = Secrets.of(PLAIN, Map.of("Api-Key", key), null);

        assertThat(own.own("<" + key.replace("\\", "\\\\").replace("\"", "\\\"") + ">"))
                .isEqualTo("<***>");
    }

    @Test
    void should_leave_alone_what_is_not_secret_in_a_url() {
        URI uri = URI.create("https://api.example.com/v1?debug&deployment=my-deployment&api_key=a%2Fb%2Fc12345");
        Secrets own = Secrets.of(uri, Map.of(), null);

        assertThat(own.own("my-deployment has no a/b/c12345 and no a%2Fb%2Fc12345"))
                .isEqualTo("my-deployment has no *** and no ***");
        assertThat(own.masked(uri))
                .hasToString("https://api.example.com/v1?debug&deployment=my-deployment&api_key=***");
    }

    @Test
    void should_take_authorization_that_is_no_base64_as_it_is() {
        Secrets own = Secrets.of(PLAIN, Map.of("Authorization", "Basic not:base64:at:all"), null);

        assertThat(own.own("you sent not:base64:at:all")).isEqualTo("you sent ***");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void should_mask_the_password_of_a_proxy() {
        System.setProperty("https.proxyPassword", "proxy-pass-0815");
        try {
            Secrets own = Secrets.of(PLAIN, Map.of(), null);

            assertThat(own.own("407 for proxy-pass-0815")).isEqualTo("407 for ***");
        } finally {
            System.clearProperty("https.proxyPassword");
        }
    }

    @Test
    void should_decode_what_is_whole_and_hold_half_a_character_back() {
        DecodedText text = new DecodedText();

        assertThat(text.add(bytes("one\ntwo\nthr"))).isEqualTo("one\ntwo\nthr");
        assertThat(text.add(ByteBuffer.wrap(new byte[] {'e', (byte) 0xc3}))).isEqualTo("e");
        assertThat(text.end()).isEqualTo("\ufffd");
    }
}
