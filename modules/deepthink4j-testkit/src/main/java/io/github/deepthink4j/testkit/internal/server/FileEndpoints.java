package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.script.ServiceAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files and OCR: what they refuse, and what they answer by themselves (docs/protocol.md, sections 2.10 and 2.12). */
final class FileEndpoints {

    private static final int MIB = 1 << 20;
    private static final Set<String> PURPOSES = Set.of("user_data", "text_recognition", "rich_layout_recognition");
    private static final Set<String> OCR_FIELDS = Set.of("purpose", "file");
    private static final Pattern SMALL = Pattern.compile("(?i).*\\.(txt|md|csv|tsv|xlsx?|epub|mobi|json|html?|xml)");
    private static final Pattern IMAGE = Pattern.compile("(?i).*\\.(png|jpe?g|gif|webp)");
    private static final Pattern LIMIT = Pattern.compile("[?&]limit=([^&]*)");
    private static final Pattern AFTER = Pattern.compile("[?&]after=([^&]*)");
    private static final int MOST_LISTED = 1000;

    private FileEndpoints() {}

    static @Nullable Refusal refusalOfUpload(@Nullable FormData form) {
        Refusal refusal = refusalOfForm(form);
        if (refusal != null || form == null) {
            return refusal;
        }
        String seconds = form.field("expires_after[seconds]");
        String anchor = form.field("expires_after[anchor]");
        if ((seconds == null) != (anchor == null) || anchor != null && !anchor.equals("created_at")) {
            return Refusal.invalid("expires_after needs 'anchor' created_at and 'seconds'");
        }
        if (seconds != null && !isLife(seconds)) {
            return Refusal.invalid("expires_after[seconds] must be between 3600 and 2592000");
        }
        FormData.Part file = form.part("file");
        return file != null && file.content().length > cap(form) ? tooLarge() : null;
    }

    private static boolean isLife(String seconds) {
        return seconds.matches("\\d{4,7}") && Long.parseLong(seconds) >= 3600 && Long.parseLong(seconds) <= 2_592_000;
    }

    static @Nullable Refusal refusalOfOcr(@Nullable FormData form) {
        Refusal refusal = refusalOfForm(form);
        if (refusal != null || form == null) {
            return refusal;
        }
        if (form.parts().stream().anyMatch(part -> !OCR_FIELDS.contains(part.name()))) {
            return Refusal.invalid("unexpected form field");
        }
        if ("user_data".equals(form.field("purpose"))) {
            return Refusal.invalid("'purpose' must be text_recognition or rich_layout_recognition");
        }
        FormData.Part file = form.part("file");
        return file != null && file.content().length > 100 * MIB ? tooLarge() : null;
    }

    private static @Nullable Refusal refusalOfForm(@Nullable FormData form) {
        if (form == null) {
            return Refusal.invalid("expected a multipart/form-data request");
        }
        String purpose = form.field("purpose");
        FormData.Part file = form.part("file");
        if (file == null || file.fileName() == null || file.fileName().isEmpty()) {
            return Refusal.invalid("missing field 'file'");
        }
        if (purpose == null || !form.isBefore("purpose", "file")) {
            return Refusal.invalid("'purpose' must come before 'file'");
        }
        if (!PURPOSES.contains(purpose)) {
            return Refusal.invalid("'purpose' must be one of user_data, text_recognition, rich_layout_recognition");
        }
        return file.content().length == 0 ? Refusal.invalid("the file is empty") : null;
    }

    private static Refusal tooLarge() {
        return Refusal.of(413, "the file is too large");
    }

    private static int cap(FormData form) {
        FormData.Part file = form.part("file");
        String name = file == null || file.fileName() == null ? "" : file.fileName();
        if ("user_data".equals(form.field("purpose")) || IMAGE.matcher(name).matches()) {
            return 64 * MIB;
        }
        return (SMALL.matcher(name).matches() ? 32 : 100) * MIB;
    }

    static String fileName(FormData form) {
        FormData.Part file = form.part("file");
        return file == null || file.fileName() == null ? "" : file.fileName();
    }

    /** Kept at once: the server goes on although the client may leave. {@code null} if there is no room. */
    static @Nullable ServiceAnswer store(StoredFiles files, FormData form) {
        FormData.Part file = form.part("file");
        String seconds = form.field("expires_after[seconds]");
        ObjectNode stored = files.add(
                fileName(form),
                file == null ? 0 : file.content().length,
                String.valueOf(form.field("purpose")),
                seconds == null ? null : Long.valueOf(seconds));
        return stored == null ? null : ServiceAnswer.of(stored);
    }

    /** A part of nothing would never come to an end. */
    static @Nullable Refusal refusalOfList(String query) {
        Matcher limit = LIMIT.matcher(query);
        return limit.find() && !limit.group(1).matches("0*[1-9]\\d*")
                ? Refusal.invalid("'limit' must be at least 1")
                : null;
    }

    static JsonNode list(StoredFiles files, String query) {
        Matcher limit = LIMIT.matcher(query);
        Matcher after = AFTER.matcher(query);
        int most = limit.find() && limit.group(1).matches("\\d{1,4}") ? Integer.parseInt(limit.group(1)) : MOST_LISTED;
        return files.list(after.find() ? after.group(1) : null, Math.max(1, Math.min(most, MOST_LISTED)));
    }

    /** A page for each form feed; of what is no text the kit only says that it has seen it. */
    static ServiceAnswer ocr(FormData form) {
        FormData.Part file = form.part("file");
        String text = file == null ? null : text(file.content());
        String[] pages = (text == null ? "The simulator has seen " + fileName(form) + "." : text).split("\f", -1);
        return ServiceAnswer.pages(pages).withField("purpose", String.valueOf(form.field("purpose")));
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f')
                    ? null
                    : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static JsonNode noPages() {
        return ServiceAnswer.pages().body();
    }

    /** The last page has reached its limit. */
    static JsonNode cutShort(JsonNode body) {
        JsonNode copy = body.deepCopy();
        if (copy.path("pages") instanceof ArrayNode pages
                && !pages.isEmpty()
                && pages.get(pages.size() - 1) instanceof ObjectNode last) {
            last.put("finish_reason", "length");
        }
        return copy;
    }

    static JsonNode deleted(String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "file")
                .put("deleted", true);
    }
}
