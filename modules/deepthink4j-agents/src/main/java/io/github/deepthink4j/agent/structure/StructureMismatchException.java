package io.github.deepthink4j.agent.structure;

import dev.langchain4j.exception.LangChain4jException;
import java.util.List;

/** The answer did not fit the schema, and after one repair it still did not. Try again, or simplify the schema. */
public final class StructureMismatchException extends LangChain4jException {

    private static final long serialVersionUID = 1L;

    private final String text;

    StructureMismatchException(String text, List<String> findings) {
        super("The answer does not fit the schema, nor did it after a repair: " + String.join("; ", findings)
                + ". Try again, or simplify the schema.");
        this.text = text;
    }

    /** A word that stays the same over versions, for metrics and alerts. */
    public String code() {
        return "structure_mismatch";
    }

    /** What the model has written last. */
    public String text() {
        return text;
    }
}
