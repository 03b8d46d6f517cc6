package io.github.deepthink4j.testkit.internal.script;

/** What is served beside chats and can be scripted. */
public enum Service {
    SEARCH("onSearch"),
    FETCH("onFetch"),
    UPLOAD("onUpload"),
    OCR("onOcr");

    private final String script;

    Service(String script) {
        this.script = script;
    }

    /** What sets a script up. */
    String script() {
        return script;
    }
}
