package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

/**
 * A tool that DeepSeek's own servers run while they answer: it is declared beside the function tools, called by the model, and nothing
 * of it is executed here (docs/protocol.md, section 2.12).
 *
 * @param type under which it stands among the {@code tools} of a request
 */
public record ServerTool(String type) {

    /** Searches the web. Without thinking it is one search; a thinking model searches while it thinks. */
    public static final ServerTool WEB_SEARCH = new ServerTool("deepseek_web_search");

    /** Opens a page and reads it. */
    public static final ServerTool READ_URL = new ServerTool("deepseek_read_url");

    /**
     * @throws IllegalArgumentException if the type is blank, or that of functions, which run here
     */
    public ServerTool {
        if (requireNonNull(type, "type").isBlank() || type.equals("function")) {
            throw new IllegalArgumentException("type must be that of a tool which the server runs, but is '" + type
                    + "'. Functions are toolSpecifications");
        }
    }
}
