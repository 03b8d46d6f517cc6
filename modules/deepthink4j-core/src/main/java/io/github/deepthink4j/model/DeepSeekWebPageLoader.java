package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.exception.InvalidRequestException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.UnknownModelException;
import io.github.deepthink4j.internal.http.HttpErrors;
import io.github.deepthink4j.internal.request.WellFormedGenerator;
import io.github.deepthink4j.internal.value.Blank;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Web pages as LangChain4j {@link Document}s, fetched by DeepSeek and given as Markdown: {@code POST /v1/tools/fetch} (docs/protocol.md,
 * section 2.12). A page that comes is billed, a failure is not. A site that answers with its home page in place of a missing one is a page
 * that has come.
 *
 * <p>Thread-safe; make one and share it.
 */
public final class DeepSeekWebPageLoader implements AutoCloseable {

    /** In the metadata beside {@link Document#URL}: what the page is called, where it has a title. */
    public static final String TITLE = "title";

    private static final int LONGEST_URL = 8192;

    private static final Pattern NAMED_HOST = Pattern.compile("(?=[^:]*[\\p{L}\\p{N}])[^\\s:@\\[\\]]+(:\\d{0,5})?");

    private final ServiceCalls calls;

    private DeepSeekWebPageLoader(Builder builder) {
        this.calls = builder.calls(DeepSeekWebPageLoader.class);
    }

    /**
     * The page as Markdown, with {@code url} and {@code title} in its metadata; waits for it, and an interrupt stops the call.
     *
     * <p>Throws the types of {@code io.github.deepthink4j.error}: {@code RequestRejectedException} where the page can't be fetched or is
     * blank.
     *
     * @param url http or https, with a host, without user info, of 8,192 characters at most
     * @throws InvalidRequestException if it is not; before anything is sent
     */
    public Document load(String url) {
        return calls.call(request(url));
    }

    /** As {@link #load(String)}. */
    public Document load(URI url) {
        return load(requireNonNull(url, "url").toString());
    }

    /**
     * As {@link #load(String)}, without a thread that waits. What is wrong with the url is thrown here, all else is told by the future,
     * whose cancel stops the call.
     */
    public CompletableFuture<Document> loadAsync(String url) {
        return calls.start(request(url));
    }

    private ServiceRequest<Document> request(String url) {
        String wrong = wrong(requireNonNull(url, "url"));
        if (wrong != null) {
            // Not the url itself, which may hold a password.
            throw new InvalidRequestException("The url of a page " + wrong + ".");
        }
        return calls.post(
                        calls.endpoints().tool("fetch"),
                        JsonNodeFactory.instance.objectNode().put("url", url),
                        answer -> read(answer, url))
                .explained(DeepSeekWebPageLoader::explained);
    }

    private static @Nullable String wrong(String url) {
        if (url.length() > LONGEST_URL) {
            return "must have " + LONGEST_URL + " characters at most, but has " + url.length();
        }
        if (WellFormedGenerator.hasHalf(url)) {
            return "holds half of a surrogate pair, such as one half of an emoji";
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                return "must begin with http or https";
            }
            if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
                return "must hold no user info, which would go to DeepSeek";
            }
            return hasHost(uri) ? null : "must have a host";
        } catch (URISyntaxException e) {
            return "is none: " + e.getReason() + " at place " + (e.getIndex() + 1);
        }
    }

    /** One with an underscore or an umlaut is none to Java, but there are such hosts, and it is not Java that goes there. */
    private static boolean hasHost(URI uri) {
        String authority = uri.getRawAuthority();
        return uri.getHost() != null
                || authority != null && NAMED_HOST.matcher(authority).matches();
    }

    private static Document read(JsonNode answer, String url) throws JsonEndpoint.NotAnAnswer {
        JsonNode content = answer.path("content");
        boolean none = content.isNull() && !HttpErrors.isError(withoutTitle(answer));
        if (!none && !SideEndpoints.required(answer, "content").isTextual()) {
            throw new JsonEndpoint.NotAnAnswer("its content is no text");
        }
        if (none || Blank.is(content.asText())) {
            throw new RequestRejectedException(
                    "The page has no text. Try another address of it.", ErrorDetails.NONE, null);
        }
        Metadata metadata = Metadata.from(Document.URL, url);
        String title = answer.path(TITLE).asText("");
        if (!Blank.is(title)) {
            metadata.put(TITLE, title);
        }
        return Document.from(content.asText(), metadata);
    }

    /** Errors have titles, too; that of a page is none. */
    private static JsonNode withoutTitle(JsonNode answer) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        answer.properties().forEach(field -> rest.set(field.getKey(), field.getValue()));
        rest.remove(TITLE);
        return rest;
    }

    /** It is not the endpoint that is missing but the page (docs/protocol.md, section 2.12). */
    private static RuntimeException explained(RuntimeException error) {
        if (!(error instanceof UnknownModelException)) {
            return error;
        }
        ErrorDetails details = ((DeepSeekError) error).details();
        String said = details.providerMessage();
        boolean page = said != null && said.toLowerCase(Locale.ROOT).contains("fetch");
        return page
                ? new RequestRejectedException(
                        details.describe(
                                "The page could not be fetched.",
                                "It may be missing, closed to DeepSeek, or of a kind that it does not read."),
                        details,
                        error)
                : error;
    }

    /** Lets go of connections and threads; calls that run fail at once, further ones with an {@code IllegalStateException}. */
    @Override
    public void close() {
        calls.close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link DeepSeekWebPageLoader}. */
    public static final class Builder extends DeepSeekServiceBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * @throws IllegalArgumentException if the base url is no url, or if api.deepseek.com is meant and no key is set
         */
        public DeepSeekWebPageLoader build() {
            return new DeepSeekWebPageLoader(this);
        }
    }
}
