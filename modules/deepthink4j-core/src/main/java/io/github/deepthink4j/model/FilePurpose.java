package io.github.deepthink4j.model;

/** What a file is uploaded for (docs/protocol.md, section 2.10). */
public enum FilePurpose {
    /** An image, for the messages of chats. */
    USER_DATA("user_data"),

    /** A document, of which the model reads the text; its figures are dropped. */
    TEXT_RECOGNITION("text_recognition"),

    /** A document, of which the model reads the text and sees the figures, each of which counts as an image. */
    RICH_LAYOUT_RECOGNITION("rich_layout_recognition");

    private final String wireName;

    FilePurpose(String wireName) {
        this.wireName = wireName;
    }

    /** As the API has it. */
    public String wireName() {
        return wireName;
    }
}
