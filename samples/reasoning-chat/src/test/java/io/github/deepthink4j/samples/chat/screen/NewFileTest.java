package io.github.deepthink4j.samples.chat.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewFileTest {

    @TempDir
    private Path folder;

    private String write(String name) {
        return new NewFile(name).write("text");
    }

    private String writeFailing(IOException error) {
        return new NewFile(folder + "/a.md", (part, text) -> {
                    Files.writeString(part, "te");
                    throw error;
                })
                .write("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s/it is.md\"", "'%s/it is.md'", "“%s/it is.md”", "  %s/it is.md ", "\" %s/it is.md\""})
    void should_take_a_name_with_blanks_with_and_without_quotes(String typed) {
        Path file = folder.resolve("it is.md");

        String said = new NewFile(String.format(typed.replace("\" ", "\""), folder)).write("text");

        assertThat(said).isEqualTo("Saved to " + file + ".");
        assertThat(file).hasContent("text");
        assertThat(folder.toFile().list()).containsExactly("it is.md");
    }

    @Test
    void should_know_the_home_of_who_types() {
        String none = "~/no-such-folder-" + folder.getFileName() + "/a.md";

        assertThat(write(none))
                .startsWith("There is no folder " + System.getProperty("user.home") + "/no-such-folder-");
        assertThat(write("~")).startsWith(System.getProperty("user.home") + " is a folder.");
        assertThat(write(folder + "/a~b.md")).isEqualTo("Saved to " + folder + "/a~b.md.");
    }

    @Test
    void should_say_in_a_line_why_there_can_be_no_such_file() throws IOException {
        Path file = Files.writeString(folder.resolve("a.md"), "mine");
        Files.createSymbolicLink(folder.resolve("link.md"), folder.resolve("nowhere/x.md"));

        assertThat(write(folder + "/none/a.md"))
                .isEqualTo("There is no folder " + folder + "/none. Make it first, or name another.");
        assertThat(write(folder + "/none/")).startsWith("There is no folder " + folder + "/none.");
        assertThat(write(folder.toString()))
                .isEqualTo(folder + " is a folder. Name a file in it, such as " + folder + "/conversation.md.");
        assertThat(write(file + "/b.md")).isEqualTo(file + " is a file and no folder.");
        assertThat(write(file.toString())).isEqualTo(file + " is there already. Give another name.");
        assertThat(write(folder + "/link.md")).endsWith("link.md is there already. Give another name.");
        assertThat(write(folder + "/" + "长".repeat(86)))
                .isEqualTo("The name is too long for a file. Give a shorter one.");
        assertThat(write(folder + "/" + "ab/".repeat(2500) + "a.md")).doesNotContain("Exception", "\n");
        for (String name : new String[] {"a\0b", "a\033b", "a\u202Eb", "a\u2028b", "a\nb", "a\uD83Db"}) {
            assertThat(write(folder + "/" + name))
                    .isEqualTo("It can't be saved: the name has a character that nobody sees.");
        }
        assertThat(file).hasContent("mine");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.md", "link.md");
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, There is no space left in",
        "Disk quota exceeded, There is no space left in",
        "File name too long, The name is too long for a file.",
        "Read-only file system, You have no right to write to",
        "Input/output error, It can't be saved to"
    })
    void should_leave_nothing_half_written(String reason, String said) {
        assertThat(writeFailing(new IOException(reason))).startsWith(said).doesNotContain("Exception", "\n");
        assertThat(writeFailing(new FileSystemException("a.md", null, reason)))
                .startsWith(said)
                .doesNotContain("Exception", "\n");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void should_say_that_there_is_no_right_and_speak_chinese() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
        try {
            assertThat(writeFailing(new AccessDeniedException("a.md"))).isEqualTo("没有写入 " + folder + " 的权限，请换一个文件夹。");
            assertThat(write(folder.toString())).contains("是文件夹");
            assertThat(write(folder + "/a.md")).isEqualTo("已保存到 " + folder + "/a.md。");
        } finally {
            Locale.setDefault(before);
        }
    }
}
