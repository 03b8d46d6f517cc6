package io.github.deepthink4j.samples.chat.screen;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** What was asked, thought and answered, to be written to a file of Markdown. */
public final class Transcript {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'conversation-'yyyyMMdd-HHmmss'.md'");

    private final StringBuilder text = new StringBuilder();

    /** @param thought empty or {@code null} if there was none */
    public void add(String question, String thought, String answer) {
        text.append("## ")
                .append(Words.of("Question", "问题"))
                .append("\n\n")
                .append(question)
                .append("\n\n");
        if (thought != null && !thought.isBlank()) {
            text.append("> ").append(thought.strip().replace("\n", "\n> ")).append("\n\n");
        }
        text.append("## ")
                .append(Words.of("Answer", "回答"))
                .append("\n\n")
                .append(answer)
                .append("\n\n");
    }

    public void clear() {
        text.setLength(0);
    }

    /**
     * Writes it to a new file, and says which.
     *
     * @param name blank for one made of the time
     */
    public String save(String name) {
        if (text.isEmpty()) {
            return Words.of("There is nothing to save yet.", "还没有可以保存的内容。");
        }
        try {
            Path file = Path.of(name.isBlank() ? NAME.format(LocalDateTime.now()) : name);
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            return Words.of("Saved to " + file + ".", "已保存到 " + file + "。");
        } catch (FileAlreadyExistsException e) {
            return Words.of(name + " is there already. Give another name.", name + " 已经存在，请换一个文件名。");
        } catch (IOException | InvalidPathException e) {
            return Words.of(
                    "It can't be saved there: " + e.getClass().getSimpleName() + ".",
                    "无法保存到那里：" + e.getClass().getSimpleName() + "。");
        }
    }
}
