package io.github.deepthink4j.internal.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes UTF-8 of a body in another charset, so that its words are understood and its secrets found. JSON and events are UTF-8,
 * whatever a header says of them; so the declared charset counts from the first bytes on that are none, and UTF-16 is known
 * by its zeros.
 */
final class DeclaredCharset implements TransportListener {

    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*[\"']?([\\w.:-]+)");
    private static final int MARK_HIGH = 0xFE;
    private static final int MARK_LOW = 0xFF;

    private final TransportListener listener;
    private @Nullable Charset declared;
    private @Nullable CharsetDecoder decoder;
    private boolean begun;

    /** What can't be decoded yet: less than a character, or a body's first byte. */
    private ByteBuffer held = ByteBuffer.allocate(0);

    DeclaredCharset(TransportListener listener) {
        this.listener = listener;
    }

    @Override
    public void onResponse(int status, Map<String, List<String>> headers) {
        declared = charset(ResponseHeaders.first(headers, "content-type"));
        listener.onResponse(status, headers);
    }

    /** {@code null} for UTF-8, and for what nobody here knows. */
    private static @Nullable Charset charset(@Nullable String contentType) {
        Matcher name = CHARSET.matcher(contentType == null ? "" : contentType);
        try {
            Charset charset = name.find() ? Charset.forName(name.group(1)) : StandardCharsets.UTF_8;
            if (charset.name().equals("GB2312")) {
                // Browsers take the name for its superset too, since that is what is sent.
                return Charset.forName("GBK");
            }
            return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII) ? null : charset;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        if (begun && declared == null && decoder == null) {
            listener.onBytes(bytes);
            return;
        }
        ByteBuffer all = joined(bytes);
        if (!begun && all.remaining() < 2) {
            held = all;
            return;
        }
        pass(all, false);
    }

    private ByteBuffer joined(ByteBuffer bytes) {
        ByteBuffer all = ByteBuffer.allocate(held.remaining() + bytes.remaining());
        all.put(held).put(bytes).flip();
        held = ByteBuffer.allocate(0);
        return all;
    }

    private void pass(ByteBuffer all, boolean last) {
        if (!begun) {
            begun = true;
            begin(all);
        }
        Charset other = declared;
        if (decoder == null && other != null) {
            int valid = utf8(all, last);
            if (valid >= 0) {
                pass(all, valid);
                return;
            }
            decoder = decoder(other);
        }
        CharsetDecoder known = decoder;
        if (known == null) {
            pass(all, all.limit());
            return;
        }
        CharBuffer chars = CharBuffer.allocate((int) (all.remaining() * (double) known.maxCharsPerByte()) + 2);
        known.decode(all, chars, last);
        if (last) {
            known.flush(chars);
        }
        held = all.slice();
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(chars.flip());
        if (utf8.hasRemaining()) {
            listener.onBytes(utf8);
        }
    }

    /** As it is, up to here. */
    private void pass(ByteBuffer all, int end) {
        ByteBuffer whole = all.slice(0, end);
        held = all.slice(end, all.limit() - end);
        if (whole.hasRemaining()) {
            listener.onBytes(whole);
        }
    }

    private void begin(ByteBuffer all) {
        int first = all.remaining() < 2 ? 1 : all.get(0) & 0xff;
        int second = all.remaining() < 2 ? 1 : all.get(1) & 0xff;
        if ((first == MARK_HIGH && second == MARK_LOW) || (first == 0 && second != 0)) {
            decoder = decoder(StandardCharsets.UTF_16BE);
        } else if ((first == MARK_LOW && second == MARK_HIGH) || (first != 0 && second == 0)) {
            decoder = decoder(StandardCharsets.UTF_16LE);
        } else if (declared != null && declared.name().startsWith("UTF-16")) {
            // Without a zero it is none.
            declared = null;
        }
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** Up to where it is UTF-8, but for a character that has not come whole; -1 if it is none. */
    private static int utf8(ByteBuffer all, boolean last) {
        ByteBuffer read = all.duplicate();
        CoderResult result =
                StandardCharsets.UTF_8.newDecoder().decode(read, CharBuffer.allocate(all.remaining() + 1), last);
        return result.isError() ? -1 : read.position();
    }

    @Override
    public void onComplete() {
        if (held.hasRemaining() || decoder != null) {
            pass(joined(ByteBuffer.allocate(0)), true);
        }
        listener.onComplete();
    }

    @Override
    public void onFailure(TransportFailure failure) {
        listener.onFailure(failure);
    }
}
