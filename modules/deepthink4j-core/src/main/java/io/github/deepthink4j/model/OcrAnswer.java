package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.answer.ErrorMarks;
import io.github.deepthink4j.internal.http.HttpErrors;
import io.github.deepthink4j.internal.value.Blank;
import io.github.deepthink4j.price.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of a document (docs/protocol.md, section 2.12). They are put in order by their index; one that is missing, fails or
 * comes twice makes the whole an error, which keeps what came, since that is billed.
 */
final class OcrAnswer {

    private static final int MOST_NAMED = 10;

    private static final int LONGEST_REASON = 50;

    /** With other reasons, such as {@code error} and {@code content_filter}, nothing has been read of a page without text. */
    private static final Set<String> MAY_BE_BLANK = Set.of("stop", "length", "");

    private final TreeMap<Integer, OcrResult.Page> pages = new TreeMap<>();
    private final TreeSet<Integer> failed = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();

    private OcrAnswer() {}

    /**
     * @param price what so many pages cost; {@code null} where there is no price list
     */
    static OcrResult read(JsonNode answer, IntFunction<@Nullable Cost> price) throws JsonEndpoint.NotAnAnswer {
        JsonNode list = SideEndpoints.required(answer, "pages");
        if (!list.isArray() || list.isEmpty()) {
            throw new JsonEndpoint.NotAnAnswer("it has no pages");
        }
        OcrAnswer read = new OcrAnswer();
        int place = 0;
        for (JsonNode page : list) {
            read.add(page, place++);
        }
        read.lookForMissing(answer.path("page_count"));
        List<OcrResult.Page> pages = List.copyOf(read.pages.values());
        Cost cost = price.apply(pages.size());
        if (!read.wrong.isEmpty()) {
            throw new JsonEndpoint.NotAnAnswer(String.join("; ", read.wrong), kept(pages, cost));
        }
        String id = answer.hasNonNull("id") ? answer.get("id").asText() : null;
        return new OcrResult(id, pages, cost);
    }

    private void add(JsonNode page, int place) {
        Integer number = number(page.path("index"), place);
        if (number == null) {
            wrong("the index of a page is none");
            return;
        }
        JsonNode text = page.path("text");
        if (ErrorMarks.areBeside(page)) {
            failed.add(number);
            wrong("page " + number + " has an error in place of its text: "
                    + HttpErrors.readable(page.path("error").toString()));
        } else if (!text.isTextual()) {
            failed.add(number);
            wrong("the text of page " + number + " is none");
        } else if (pages.containsKey(number)) {
            wrong("page " + number + " is there twice");
        } else {
            String reason = page.path("finish_reason").asText("");
            if (Blank.is(text.asText()) && !MAY_BE_BLANK.contains(reason)) {
                failed.add(number);
                wrong("page " + number + " has no text, and the reason " + HttpErrors.readable(shortened(reason)));
                return;
            }
            pages.put(number, new OcrResult.Page(number, text.asText(), reason));
        }
    }

    private static String shortened(String reason) {
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }

    /** As the reader counts them, from 1; by their places where nobody says it. */
    private static @Nullable Integer number(JsonNode index, int place) {
        if (index.isMissingNode() || index.isNull()) {
            return place + 1;
        }
        Integer said = whole(index);
        return said == null || said < 0 || said == Integer.MAX_VALUE ? null : Integer.valueOf(said + 1);
    }

    private void lookForMissing(JsonNode pageCount) {
        boolean says = !pageCount.isMissingNode() && !pageCount.isNull();
        Integer said = says ? whole(pageCount) : null;
        if (says && (said == null || said < 1)) {
            wrong("its page_count is none");
        }
        TreeSet<Integer> there = new TreeSet<>(pages.keySet());
        there.addAll(failed);
        int last = there.isEmpty() ? 0 : there.last();
        int count = said == null ? last : said;
        if (last > count) {
            wrong("it has a page " + last + " of " + count);
        }
        int missing = count - there.headSet(count, true).size();
        if (missing > 0) {
            List<String> named = new ArrayList<>();
            for (int number = 1; named.size() < Math.min(missing, MOST_NAMED); number++) {
                if (!there.contains(number)) {
                    named.add(String.valueOf(number));
                }
            }
            wrong("of its " + count + " pages " + missing + (missing == 1 ? " is" : " are") + " missing: "
                    + String.join(", ", named) + (missing > MOST_NAMED ? " and more" : ""));
        }
    }

    private void wrong(String why) {
        if (wrong.size() < MOST_NAMED) {
            wrong.add(why);
        }
    }

    /** A number that is whole and no larger than an {@code int}, also as text; {@code null} if it is none. */
    private static @Nullable Integer whole(JsonNode value) {
        if (value.isTextual()) {
            return value.asText().matches("\\d{1,9}") ? Integer.valueOf(value.asText()) : null;
        }
        return value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToInt()
                ? Integer.valueOf(value.intValue())
                : null;
    }

    private static ErrorDetails kept(List<OcrResult.Page> pages, @Nullable Cost cost) {
        String text = pages.stream().map(OcrResult.Page::text).collect(Collectors.joining("\n\n"));
        return ErrorDetails.custom()
                .partialMessage(Blank.is(text) ? null : AiMessage.from(text))
                .cost(cost)
                .build();
    }
}
