package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.price.Cost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a document, page by page.
 *
 * @param id    under which the provider finds it; {@code null} if the server does not say
 * @param pages in their order; as many of them are billed
 * @param cost  of the pages; {@code null} where there is no price list
 */
public record OcrResult(
        @Nullable String id, List<Page> pages, @Nullable Cost cost) {

    public OcrResult {
        pages = List.copyOf(requireNonNull(pages, "pages"));
    }

    /** The pages whose text is not whole, by their numbers, the first being 1; empty if all are whole. */
    public List<Integer> incompletePages() {
        return pages.stream()
                .filter(page -> !page.isComplete())
                .map(Page::number)
                .toList();
    }

    /**
     * One page.
     *
     * @param number       the first being 1
     * @param text         as the model has written it, marks and places included
     * @param finishReason {@code stop}, or {@code length} for a page that was longer than the model could write; in the server's word
     */
    public record Page(int number, String text, String finishReason) {

        public Page {
            requireNonNull(text, "text");
            requireNonNull(finishReason, "finishReason");
        }

        /** Whether it is there to its end. */
        public boolean isComplete() {
            return finishReason.equals("stop");
        }

        /** The text without marks and places. */
        public String plainText() {
            return new OcrMarks(text).plainText().strip();
        }
    }
}
