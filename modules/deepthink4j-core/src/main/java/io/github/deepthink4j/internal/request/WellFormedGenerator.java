package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/**
 * Lets no half of a surrogate pair into the JSON, whoever writes it and wherever it stands: a tool, a splitter or a limit
 * has cut a character in two, and there is no UTF-8 for what is left. Each half becomes U+FFFD, as Unicode advises. Other
 * characters pass, U+0000 included: JSON has an escape for each, and no refusal of one is on record
 * (docs/protocol.md, section 1.3, other rules about messages).
 */
public final class WellFormedGenerator extends JsonGeneratorDelegate {

    private static final int REPLACEMENT = 0xFFFD;

    private boolean mended;

    /** Writes to another one. */
    public WellFormedGenerator(JsonGenerator json) {
        super(json);
    }

    /** Whether a half was replaced so far. */
    public boolean mended() {
        return mended;
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        super.writeFieldName(wellFormed(name));
    }

    @Override
    public void writeFieldName(SerializableString name) throws IOException {
        super.writeFieldName(wellFormed(name));
    }

    @Override
    public void writeString(String text) throws IOException {
        super.writeString(text == null ? null : wellFormed(text));
    }

    @Override
    public void writeString(SerializableString text) throws IOException {
        super.writeString(wellFormed(text));
    }

    @Override
    public void writeString(char[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length));
    }

    private SerializableString wellFormed(SerializableString text) {
        String value = text.getValue();
        String sound = wellFormed(value);
        return sound.equals(value) ? text : new SerializedString(sound);
    }

    private String wellFormed(String text) {
        if (!hasHalf(text)) {
            return text;
        }
        mended = true;
        return text.codePoints()
                .map(point -> isHalf(point) ? REPLACEMENT : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether there is half of a surrogate pair in a text. */
    public static boolean hasHalf(String text) {
        int first = 0;
        // Most texts have no surrogates at all, and this loop is run for each of them.
        while (first < text.length() && !Character.isSurrogate(text.charAt(first))) {
            first++;
        }
        for (int i = first, point; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (isHalf(point)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
