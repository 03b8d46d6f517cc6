package io.github.deepthink4j.internal.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Takes off a content coding that nobody has asked for: some gateways compress whatever is sent through them. gzip and deflate
 * are decoded, with and without the header that names them; of others the name is told. A header that is wrong, because
 * somebody on the way has decoded already, does no harm: no answer begins as compressed bytes do.
 */
final class ContentCoding implements TransportListener {

    private static final Set<String> NONE = Set.of("", "identity", "none", "utf-8", "utf8");
    private static final int GZIP_MAGIC = 0x1f;
    private static final int ZLIB_MAGIC = 0x78;

    /** The body is in a coding that can't be decoded here, or is broken. */
    static final class Undecodable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Undecodable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private final TransportListener listener;
    private String named = "";
    private boolean begun;
    private @Nullable Inflating inflating;

    ContentCoding(TransportListener listener) {
        this.listener = listener;
    }

    @Override
    public void onResponse(int status, Map<String, List<String>> headers) {
        String header = ResponseHeaders.first(headers, "content-encoding");
        named = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        listener.onResponse(status, headers);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        if (!begun && bytes.hasRemaining()) {
            begun = true;
            inflating = decoding(bytes.get(bytes.position()) & 0xff);
        }
        Inflating coded = inflating;
        if (coded == null) {
            listener.onBytes(bytes);
            return;
        }
        try {
            coded.inflate(bytes, listener::onBytes);
        } catch (DataFormatException e) {
            throw new Undecodable("its " + (named.isEmpty() ? "gzip" : named) + " is broken", e);
        }
    }

    /**
     * @param first the body's first byte
     * @return {@code null} if there is nothing to decode
     */
    private @Nullable Inflating decoding(int first) {
        if (first == GZIP_MAGIC) {
            return Inflating.gzip();
        }
        if (NONE.contains(named) || isText(first)) {
            return null;
        }
        if (named.equals("deflate")) {
            return first == ZLIB_MAGIC ? Inflating.zlib() : Inflating.raw();
        }
        throw new Undecodable("it is in the content coding '" + named + "', which nobody has asked for", null);
    }

    /** What an answer or an error begins with: JSON, an event, a page, a line. */
    private static boolean isText(int first) {
        return "{<:\n\r deir".indexOf(first) >= 0;
    }

    @Override
    public void onComplete() {
        if (inflating != null) {
            inflating.close();
        }
        listener.onComplete();
    }

    @Override
    public void onFailure(TransportFailure failure) {
        if (inflating != null) {
            inflating.close();
        }
        listener.onFailure(failure);
    }
}
