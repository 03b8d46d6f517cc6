package io.github.deepthink4j.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scan sees keys, and nothing else. What it finds in this run fails the run: these tests find without printing. */
class KeyLeaksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-" + "0123456789",
                "Authorization: Bearer " + "abc",
                "invalid header value: \"Bearer " + "test\n\""
            })
    void should_see_a_key(String text) {
        assertThat(KeyPattern.isIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth header format should be Bearer sk-...",
                "Bearer ***",
                "Your api key: ****cdef is invalid",
                "task-12345678",
                "a disk-full error",
                "the bearer of bad news"
            })
    void should_see_no_key(String text) {
        assertThat(KeyPattern.isIn(text)).isFalse();
    }

    @Test
    void should_look_at_each_line_and_show_warnings() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        PrintStream out = ScannedStream.over(new PrintStream(shown, true, StandardCharsets.UTF_8), lines::add);

        out.println("[main] DEBUG io.github.deepthink4j.Log - small talk");
        out.print("[main] WARN io.github.deepthink4j.Log - ");
        out.println("gr\u00fcezi");

        assertThat(lines)
                .containsExactly(
                        "[main] DEBUG io.github.deepthink4j.Log - small talk",
                        "[main] WARN io.github.deepthink4j.Log - gr\u00fcezi");
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .isEqualTo("[main] WARN io.github.deepthink4j.Log - gr\u00fcezi" + System.lineSeparator());
    }
}
