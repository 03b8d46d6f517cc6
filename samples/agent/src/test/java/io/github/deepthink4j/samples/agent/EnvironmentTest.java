package io.github.deepthink4j.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        return assertThatThrownBy(() -> {
                    environment.key("DEEPSEEK_API_KEY");
                    environment.url("DEEPSEEK_BASE_URL");
                    environment.model("DEEPSEEK_MODEL", "deepseek-flash");
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContainingAny("hunter2", "ecret", "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        zz-MySecretKey-0123456789abcdef | It looks like a key, which belongs in DEEPSEEK_API_KEY.
        sk-secret-of-mine               | It looks like a key, which belongs in DEEPSEEK_API_KEY.
        hunter2                         | is not the address of a server. It begins with http:// or https://
        ftp://127.0.0.1/secret          | is not the address of a server. It begins with http:// or https://
        api.deepseek.com/secret         | is not the address of a server. It begins with http:// or https://
        127.0.0.1:18081                 | is not the address of a server: 127.0.0.1:18081. It begins with http://
        http://                         | is not the address of a server. It begins with http:// or https://
        http:/h/secret                  | is not the address of a server. It begins with http:// or https://
        http://my_server:8000/secret    | has an underscore in its host
        https://my_secret.example/v1    | has an underscore in its host
        "http://h/v1"                   | stands between quotes: leave them out.
        'http://h/v1'                   | stands between quotes: leave them out.
        “http://h/v1”         | stands between quotes: leave them out.
        "http://h/secret                | stands between quotes: leave them out.
        DEEPSEEK_BASE_URL=http://h      | only what stands behind the = belongs there.
        export DEEPSEEK_BASE_URL=http:/ | only what stands behind the = belongs there.
        http://h/o secret/v1            | holds, at place 11 of 20, a blank, which no address has.
        http：//h/secret            | holds, at place 5 of 15, a character that no address has
        http://h/sec​ret           | holds, at place 13 of 16, a character that no address has
        bob:hunter2@h/v1                | holds an @: a user and a password before it are not sent
        ftp://bob:hunter2@h/v1          | holds an @: a user and a password before it are not sent
        http://bob:hunter2@h/v1         | holds an @: a user and a password before it are not sent
        http://bob:hunter2@secret@h/v1  | holds an @: a user and a password before it are not sent
        http://bob:hunter2/secret@h/v1  | holds an @: a user and a password before it are not sent
        http://bob:hunter2#secret@h/v1  | holds an @: a user and a password before it are not sent
        http://bob:hunter2?secret@h/v1  | holds an @: a user and a password before it are not sent
        http://bob:99/secret@h/v1       | holds an @: a user and a password before it are not sent
        http://bob:hunter2 secret@h/v1  | holds an @: a user and a password before it are not sent
        http://h/v1#secret              | holds a #, and what stands behind it is never sent
        http://h:0/secret               | has a port that there is not
        http://h:70000/secret           | has a port that there is not
        http://zz-MySecretKey-0123456789abcdef | has what looks like a key in the place of a host
        """)
    void should_say_what_is_wrong_with_an_address_without_showing_it(String url, String why) {
        assertRefused(Map.of("DEEPSEEK_BASE_URL", url))
                .hasMessageStartingWith("DEEPSEEK_BASE_URL ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        http://h/secret          | holds an address, which belongs in DEEPSEEK_BASE_URL
        //h/secret               | holds an address, which belongs in DEEPSEEK_BASE_URL
        deepseek-reasoner        | holds the name of a model, which belongs in DEEPSEEK_MODEL
        "sk-secret"              | stands between quotes: leave them out.
        ‘sk-secret’    | stands between quotes: leave them out.
        DEEPSEEK_API_KEY=secret  | only what stands behind the = belongs there.
        Bearer sk-secret         | holds, at place 7 of 16, a blank; only the key belongs here
        sk-sec​ret          | holds, at place 7 of 10, a character that no key has
        ｓｋ-secret      | holds, at place 1 of 9, a character that no key has
        """)
    void should_say_what_is_wrong_with_a_key_without_showing_it(String key, String why) {
        assertRefused(Map.of("DEEPSEEK_API_KEY", key))
                .hasMessageStartingWith("DEEPSEEK_API_KEY ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        zz-MySecretKey-0123456789abcdef      | holds what looks like a key, which belongs in DEEPSEEK_API_KEY
        sk-secret-of-mine                    | holds what looks like a key, which belongs in DEEPSEEK_API_KEY
        my-hunter2                           | holds what looks like a key, which belongs in DEEPSEEK_API_KEY
        0f3c9a1e7b2d4c6fecret.KSecretS       | holds what looks like a key, which belongs in DEEPSEEK_API_KEY
        01234567-89ab-cdef-0123-456789abcdef | holds what looks like a key, which belongs in DEEPSEEK_API_KEY
        http://h/secret                      | holds an address, which belongs in DEEPSEEK_BASE_URL
        "deepseek-flash"                     | stands between quotes: leave them out.
        ""                                   | stands between quotes: leave them out.
        deepseek-flash # secret              | holds, at place 15 of 23, a blank
        """)
    void should_say_what_is_wrong_with_the_name_of_a_model_without_showing_it(String model, String why) {
        assertRefused(Map.of("DEEPSEEK_API_KEY", "my-hunter2", "DEEPSEEK_MODEL", model))
                .hasMessageStartingWith("DEEPSEEK_MODEL ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deepseek-flash",
                "deepseek-ai/DeepSeek-R1-0528",
                "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B",
                "DeepSeekR1DistillQwen32B",
                "/models/deepseek_r1_distill_qwen_32b_q4_k_m.gguf",
                "deepseek-r1:671b-fp16",
                "ep-20250101123456-abcde",
                "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b",
                "accounts/fireworks/models/deepseek-v3p1",
                "Qwen3-235B-A22B-Thinking-2507",
                "us.deepseek.r1-v1:0",
                "我的模型"
            })
    void should_take_the_name_of_any_model(String model) {
        assertThat(new Environment(Map.of("M_MODEL", " " + model + "\u200B\n")).model("M_MODEL", "other"))
                .isEqualTo(model);
    }

    @Test
    void should_take_a_blank_variable_for_one_that_is_not_set() {
        Environment environment = new Environment(Map.of("M_MODEL", " ", "M_API_KEY", "\uFEFF", "M_BASE_URL", "\n"));

        assertThat(environment.model("M_MODEL", "other")).isEqualTo("other");
        assertThat(environment.key("M_API_KEY")).isEmpty();
        assertThat(environment.url("M_BASE_URL")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        https://api.deepseek.com                    | https://api.deepseek.com
        http://127.0.0.1:8000/v1/                   | http://127.0.0.1:8000/v1
        https://h/compatible-mode/v1                | https://h/compatible-mode/v1
        https://h/api/paas/v4?key=secret            | https://h/api/paas/v4
        https://h/v1/secret/deepseek                | https://h/v1/***
        https://h/zz-MySecretKey-0123456789abcdef   | https://h/***
        https://h/secret/v1                         | https://h/***
        https://h/v1secret                          | https://h/***
        http://[::1]:8000/v1                        | http://[::1]:8000/v1
        """)
    void should_show_of_a_path_only_what_is_no_secret(String url, String shown) {
        assertThat(new Environment(Map.of("M_BASE_URL", url)).url("M_BASE_URL")).isEqualTo(url);
        assertThat(Environment.shown(url)).isEqualTo(shown);
    }
}
