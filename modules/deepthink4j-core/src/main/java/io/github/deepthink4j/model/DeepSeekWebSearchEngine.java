package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.langchain4j.web.search.WebSearchResults;
import io.github.deepthink4j.internal.value.Blank;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * DeepSeek's web search as a LangChain4j {@link WebSearchEngine}: {@code POST /v1/tools/search} (docs/protocol.md, section 2.12). A search
 * that finds something is billed, one that finds nothing is not; the count of results does not matter to the price.
 *
 * <p>Thread-safe; make one and share it.
 */
public final class DeepSeekWebSearchEngine implements WebSearchEngine, AutoCloseable {

    /** What JSON has no number for is written as no text either. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    private static final int MOST_CHARACTERS = 128;
    private static final int MOST_RESULTS = 50;

    /** How many the server gives where nobody says it. */
    private static final int USUAL_RESULTS = 10;

    /** The fields that LangChain4j's request has names for. */
    private static final Set<String> NAMED = Set.of("query", "count");

    private final ServiceCalls calls;
    private final @Nullable Integer maxResults;
    private final boolean pageContents;

    private DeepSeekWebSearchEngine(Builder builder) {
        this.maxResults = builder.maxResults;
        this.pageContents = builder.pageContents;
        this.calls = builder.calls(DeepSeekWebSearchEngine.class);
    }

    /**
     * Searches, and waits for what is found; an interrupt stops the call. No result at all is an empty list, and never an error.
     *
     * <p>The terms may have the operators {@code site:}, {@code -site:}, {@code lang:}, {@code after:}, {@code before:} and quotes; a
     * language of the request becomes {@code lang:}. A {@code geoLocation} must be the IP address of the user, since that is what DeepSeek
     * goes by. {@code additionalParams} go into the body as they are, such as {@code ori_question}. There are no further pages, and
     * {@code safeSearch} has no effect.
     *
     * <p>Of a result, {@code snippet()} is the short text, {@code content()} the page where {@link Builder#pageContents} asks for it, and
     * else the long summary, which is made for models; the metadata have {@code summary}, {@code rerank_score} (0 to 3, good from 1.5 on),
     * {@code authority}, {@code date}, {@code site_name}, {@code site_icon} and what else comes. The metadata of the whole have
     * {@code billedCalls}, 0 or 1, and the {@code cost} where there is a price list.
     *
     * <p>Throws the types of {@code io.github.deepthink4j.error}, such as {@code InvalidApiKeyException}.
     *
     * @throws InvalidRequestException     if the terms have no character or more than 128, or more than 50 results are asked for; before
     *                                     anything is sent
     * @throws UnsupportedFeatureException if a further page is asked for
     */
    @Override
    public WebSearchResults search(WebSearchRequest request) {
        return calls.call(request(request));
    }

    /**
     * As {@link #search(WebSearchRequest)}, without a thread that waits. What is wrong with the request is thrown here, all else is told
     * by the future, whose cancel stops the call.
     */
    public CompletableFuture<WebSearchResults> searchAsync(WebSearchRequest request) {
        return calls.start(request(request));
    }

    private ServiceRequest<WebSearchResults> request(WebSearchRequest request) {
        refuseFurtherPages(requireNonNull(request, "request"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("query", query(request));
        Integer count = request.maxResults() == null ? maxResults : request.maxResults();
        if (count != null) {
            body.put("count", checkedCount(count));
        }
        if (pageContents) {
            body.put("need_content", true);
        }
        if (request.geoLocation() != null && !request.geoLocation().isBlank()) {
            body.put("localization", request.geoLocation());
        }
        if (request.additionalParams() != null) {
            request.additionalParams().forEach((name, value) -> {
                if (NAMED.contains(name)) {
                    throw new InvalidRequestException("additionalParams must not have " + name
                            + ": it is said by searchTerms and maxResults of the request");
                }
                body.set(name, json(name, value));
            });
        }
        int asked = count == null ? USUAL_RESULTS : count;
        URI uri = calls.endpoints().tool("search");
        return calls.post(
                uri,
                body,
                answer -> SearchResults.read(
                        answer, asked, billed -> calls.prices().ofService(uri, "search", billed)));
    }

    /** Written and read again: a value that holds itself, or that is no JSON, would else be an error of the stack or of Jackson's. */
    private static JsonNode json(String name, @Nullable Object value) {
        try {
            return MAPPER.readTree(MAPPER.writeValueAsBytes(value));
        } catch (IOException | StackOverflowError e) {
            throw new InvalidRequestException(
                    "additionalParams." + name + " can't be written as JSON: it is none, or holds itself.", e);
        }
    }

    private static void refuseFurtherPages(WebSearchRequest request) {
        boolean first = request.startPage() == null || request.startPage() <= 1;
        if (!first || request.startIndex() != null && request.startIndex() > 1) {
            throw new UnsupportedFeatureException(
                    "DeepSeek's search has one page: ask for more results, 50 at most, in place of a further page");
        }
    }

    /** Counted in Unicode's characters (code points), not in Java's nor in what a person sees as one: the API counts no otherwise. */
    private static String query(WebSearchRequest request) {
        String terms = request.searchTerms();
        String language = request.language();
        boolean says = language == null || language.isBlank() || terms.contains("lang:");
        String query = says ? terms : terms + " lang:" + language.trim();
        int length = query.codePointCount(0, query.length());
        if (Blank.is(query) || length > MOST_CHARACTERS) {
            throw new InvalidRequestException("A query must have 1 to " + MOST_CHARACTERS + " characters, but "
                    + (Blank.is(query) ? "this one is blank" : "this one has " + length)
                    + (says ? "." : ", lang: included."));
        }
        return query;
    }

    private static int checkedCount(int count) {
        if (count < 1 || count > MOST_RESULTS) {
            throw new InvalidRequestException(
                    "maxResults must be between 1 and " + MOST_RESULTS + ", but is " + count + ".");
        }
        return count;
    }

    /** Lets go of connections and threads; calls that run fail at once, further ones with an {@code IllegalStateException}. */
    @Override
    public void close() {
        calls.close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link DeepSeekWebSearchEngine}. */
    public static final class Builder extends DeepSeekServiceBuilder<Builder> {

        private @Nullable Integer maxResults;
        private boolean pageContents;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * How many results to ask for where a request does not say it, 1 to 50; {@code null} leaves it to the server, which gives 10.
         *
         * @throws InvalidRequestException if it is out of its range
         */
        public Builder maxResults(@Nullable Integer maxResults) {
            this.maxResults = maxResults == null ? null : Integer.valueOf(checkedCount(maxResults));
            return this;
        }

        /** Whether each result has the text of its page; not by default. It costs time, and no more money. */
        public Builder pageContents(boolean pageContents) {
            this.pageContents = pageContents;
            return this;
        }

        /**
         * @throws IllegalArgumentException if the base url is no url, or if api.deepseek.com is meant and no key is set
         */
        public DeepSeekWebSearchEngine build() {
            return new DeepSeekWebSearchEngine(this);
        }
    }
}
