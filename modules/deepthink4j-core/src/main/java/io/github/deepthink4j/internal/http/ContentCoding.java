package io.github.deepthink4j.internal.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Takes off a content coding that nobody has asked for: some gateways compress whatever is sent through them. gzip and deflate
 * are decoded, one upon the other too, with and without the header that names them; of others the name is told. A header that is wrong, because
 * somebody on the way has decoded already, does no harm: no answer begins as compressed bytes do.
 */
final class ContentCoding implements TransportListener {

    private static final Set<String> NONE = Set.of("", "identity", "none", "utf-8", "utf8");
    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");

    /** So many that deflated bytes are no text by chance. */
    private static final int TELLING_BYTES = 16;

    /** The body is in a coding that can't be decoded here, or is broken. */
    static final class Undecodable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Undecodable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** One coding, decoded as it comes. */
    private static final class Layer {

        private final String named;
        private final Consumer<ByteBuffer> to;
        private boolean begun;
        private @Nullable Inflating inflating;

        /** A body's first bytes, while they are too few to tell what it is. */
        private byte[] head = {};

        /**
         * @param named as the header has it; empty if there is none
         */
        Layer(String named, Consumer<ByteBuffer> to) {
            this.named = named;
            this.to = to;
        }

        void accept(ByteBuffer bytes) {
            if (begun && inflating == null) {
                to.accept(bytes);
            } else if (begun) {
                inflate(bytes);
            } else if (bytes.hasRemaining()) {
                ByteBuffer all = head.length == 0 ? bytes : joined(bytes);
                if (all.remaining() < TELLING_BYTES && !NONE.contains(named)) {
                    head = new byte[all.remaining()];
                    all.get(head);
                } else {
                    begin(all);
                }
            }
        }

        private ByteBuffer joined(ByteBuffer bytes) {
            return ByteBuffer.allocate(head.length + bytes.remaining())
                    .put(head)
                    .put(bytes)
                    .flip();
        }

        private void begin(ByteBuffer all) {
            begun = true;
            inflating = decoding(all);
            accept(all);
        }

        private void inflate(ByteBuffer bytes) {
            Inflating coded = inflating;
            if (coded == null) {
                return;
            }
            try {
                coded.inflate(bytes, to);
            } catch (DataFormatException e) {
                throw new Undecodable("its " + (named.isEmpty() ? "gzip" : named) + " is broken", e);
            }
        }

        /**
         * @param all the body's first bytes
         * @return {@code null} if there is nothing to decode
         */
        private @Nullable Inflating decoding(ByteBuffer all) {
            int first = all.get(all.position()) & 0xff;
            if (first == Inflating.FIRST) {
                return Inflating.gzip();
            }
            if (NONE.contains(named) || isText(all)) {
                return null;
            }
            if (named.equals("deflate")) {
                return isZlib(all) ? Inflating.zlib() : Inflating.raw();
            }
            throw new Undecodable("it is in the content coding '" + named + "', which nobody has asked for", null);
        }

        /** RFC 1950: the method is 8, and both bytes together are a multiple of 31. */
        private static boolean isZlib(ByteBuffer all) {
            int first = all.get(all.position()) & 0xff;
            int second = all.remaining() < 2 ? 0 : all.get(all.position() + 1) & 0xff;
            return (first & 0x0f) == 8 && ((first << 8) + second) % 31 == 0;
        }

        /** An answer or an error is UTF-8 without control characters. */
        private static boolean isText(ByteBuffer all) {
            ByteBuffer start = all.slice(all.position(), Math.min(all.remaining(), TELLING_BYTES));
            CharBuffer chars = CharBuffer.allocate(TELLING_BYTES);
            boolean isUtf8 = !StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(start, chars, false)
                    .isError();
            return isUtf8
                    && chars.flip().chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
        }

        /** What was held back. */
        void end() {
            if (!begun && head.length > 0) {
                begin(ByteBuffer.wrap(head));
            }
            close();
        }

        void close() {
            if (inflating != null) {
                inflating.close();
            }
        }
    }

    private final TransportListener listener;

    /** From the outermost, which is named last. */
    private List<Layer> layers;

    ContentCoding(TransportListener listener) {
        this.listener = listener;
        this.layers = List.of(new Layer("", listener::onBytes));
    }

    @Override
    public void onResponse(int status, Map<String, List<String>> headers) {
        List<Layer> named = new ArrayList<>();
        Consumer<ByteBuffer> to = listener::onBytes;
        String header = String.join(",", ResponseHeaders.all(headers, "content-encoding"));
        for (String coding : BETWEEN.split(header.strip().toLowerCase(Locale.ROOT))) {
            Layer layer = new Layer(coding, to);
            named.add(0, layer);
            to = layer::accept;
        }
        layers = named;
        listener.onResponse(status, headers);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        layers.get(0).accept(bytes);
    }

    @Override
    public void onComplete() {
        try {
            layers.forEach(Layer::end);
        } catch (Undecodable e) {
            // Nothing more can come that tells what it is, and so it is an end like any other.
            onFailure(new TransportFailure(TransportFailure.Kind.CODING, null, e));
            return;
        }
        listener.onComplete();
    }

    @Override
    public void onFailure(TransportFailure failure) {
        layers.forEach(Layer::close);
        listener.onFailure(failure);
    }
}
