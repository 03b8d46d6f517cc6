package io.github.deepthink4j.samples.rag.research;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;

/** Something that a model can do to find passages. None of them changes anything. */
interface ResearchTool {

    ToolSpecification specification();

    /**
     * @param arguments an object
     * @throws BadArgumentsException if they do not fit
     */
    ToolResult call(JsonNode arguments);

    /** The words are for the model. */
    final class BadArgumentsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadArgumentsException(String message) {
            super(message);
        }
    }

    /**
     * A text among the arguments.
     *
     * @throws BadArgumentsException if there is none, or none that is any use
     */
    static String text(JsonNode arguments, String name) {
        JsonNode value = arguments.path(name);
        if (value.isContainerNode() || value.asText("").isBlank() || value.isNull()) {
            throw new BadArgumentsException("\"" + name + "\" is missing: it has to be a text.");
        }
        String text = value.asText().strip();
        if (text.length() > LONGEST) {
            throw new BadArgumentsException(
                    "\"" + name + "\" is longer than " + LONGEST + " characters: say it in a few words.");
        }
        return text;
    }

    int LONGEST = 500;
}
