package io.github.deepthink4j.samples.agent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> done = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    private void type(String lines) {
        Screen screen = new PipeScreen(
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        new Commands(screen)
                .add("/wire", "the last request", () -> done.add("wire"))
                .add("/model", "NAME", "another model", name -> done.add("model=" + name))
                .readUntilTheEnd(asked::add);
    }

    @Test
    void should_tell_commands_from_questions() {
        type(
                "/wire\n/model  a b \n/model\n\uFF0Fmodel\u3000c\n/usr/bin is?\n/^a+$/ matches?\n /wire\n /etc is what?\n \n");

        assertThat(done).containsExactly("wire", "model=a b", "model=", "model=c");
        assertThat(asked).containsExactly("/usr/bin is?", "/^a+$/ matches?", " /wire", " /etc is what?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "\uFF0F ",
                "/帮助",
                "/模型 a",
                "/привет",
                "/hélp",
                "/effort=high",
                "/wire2",
                "/save-all",
                "/HELP"
            })
    void should_not_send_what_looks_like_a_command_in_any_language(String line) {
        type(line + "\n");

        assertThat(asked).isEmpty();
        assertThat(done).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("There is no command /");
    }

    @Test
    void should_say_of_a_command_that_there_is_not_how_it_would_be_a_question() {
        type("/etc is what?\n/quit\n/wire\n");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "There is no command /etc; /help lists those there are. With a blank before it, it is a question.");
        assertThat(asked).isEmpty();
        assertThat(done).as("nothing is read after /quit").isEmpty();
    }
}
