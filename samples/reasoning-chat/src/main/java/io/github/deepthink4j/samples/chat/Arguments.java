package io.github.deepthink4j.samples.chat;

import io.github.deepthink4j.samples.chat.screen.Screen;
import io.github.deepthink4j.samples.chat.screen.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** What stands behind the program's name. Its settings are in the environment: there it can only be asked about itself. */
final class Arguments {

    private static final int ANSWERED = 0;
    private static final int NOT_UNDERSTOOD = 2;

    private Arguments() {}

    /**
     * The exit code; empty where there is nothing to answer, and the program goes on.
     *
     * @param help what the program is, and which variables it reads
     */
    static OptionalInt answer(Screen screen, String help, String... arguments) {
        if (arguments.length == 0) {
            return OptionalInt.empty();
        }
        switch (arguments[0]) {
            case "-h", "--help" -> screen.line(help);
            case "-V", "--version" -> screen.line(version());
            default -> {
                screen.line(Words.of(
                        "Error: " + arguments[0]
                                + " is not understood. There are --help and --version; all else is set by"
                                + " the environment, and questions are typed or piped.",
                        "错误：不认识 " + arguments[0] + "。只有 --help 和 --version；其余由环境变量设置，问题通过键盘或管道输入。"));
                return OptionalInt.of(NOT_UNDERSTOOD);
            }
        }
        return OptionalInt.of(ANSWERED);
    }

    /** What the pom says, which Maven writes into a resource. */
    private static String version() {
        try (InputStream version = Arguments.class.getResourceAsStream("/version.txt")) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
