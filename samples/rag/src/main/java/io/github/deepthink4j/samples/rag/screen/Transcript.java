package io.github.deepthink4j.samples.rag.screen;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** What was asked, thought and answered, to be written to a file of Markdown, which a terminal may show: it is as clean as the screen. */
public final class Transcript {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'conversation-'yyyyMMdd-HHmmss'.md'");

    private final StringBuilder text = new StringBuilder();

    /**
     * @param thought empty or {@code null} if there was none
     * @param answer  the same
     */
    public void add(String question, String thought, String answer) {
        text.append("## ")
                .append(Words.of("Question", "问题"))
                .append("\n\n")
                .append(CleanText.of(question))
                .append("\n\n");
        if (thought != null && !thought.isBlank()) {
            text.append("> ")
                    .append(CleanText.of(thought).strip().replace("\n", "\n> "))
                    .append("\n\n");
        }
        text.append("## ")
                .append(Words.of("Answer", "回答"))
                .append("\n\n")
                .append(CleanText.of(answer))
                .append("\n\n");
    }

    public void clear() {
        text.setLength(0);
    }

    /**
     * Writes it to a new file, and says which.
     *
     * @param name as it was typed; blank for one made of the time
     */
    public String save(String name) {
        if (text.isEmpty()) {
            return Words.of("There is nothing to save yet.", "还没有可以保存的内容。");
        }
        return new NewFile(name.isBlank() ? NAME.format(LocalDateTime.now()) : name).write(text.toString());
    }
}
