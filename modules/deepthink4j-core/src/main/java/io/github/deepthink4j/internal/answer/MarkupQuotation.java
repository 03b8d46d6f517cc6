package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.MarkupScanner.Part;
import io.github.deepthink4j.internal.answer.MarkupTag.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tags behind a mark that may open a quotation, until the line shows whether it does: an inch sign, an apostrophe or a lost
 * backtick has no partner, and a call behind it is a call. Marks within a block's values and tags are no partners.
 */
final class MarkupQuotation {

    /** What the line has shown so far. */
    enum Finding {
        OPEN,
        PAIRED,
        UNPAIRED
    }

    private final String closingMarks;
    private final List<Part> parts = new ArrayList<>();
    private @Nullable MarkupBlock block;

    /** Whether the block may still be no more than a tag that is mentioned. */
    private boolean mention;

    /** Whether nothing but white space has come since the last tag. */
    private boolean blank;

    /** @param closingMarks any of them ends it */
    MarkupQuotation(String closingMarks) {
        this.closingMarks = closingMarks;
    }

    Finding add(Part part) {
        parts.add(part);
        MarkupTag tag = part.tag();
        if (tag != null) {
            mention = block == null && (tag.opens(Kind.CALL) || tag.opens(Kind.INVOKE));
            blank = true;
            follow(block == null ? new MarkupBlock() : block, part);
            return Finding.OPEN;
        }
        String text = part.text();
        if (block != null) {
            follow(block, part);
        }
        mention &= !(blank && text.stripLeading().startsWith("{"));
        blank &= text.isBlank();
        int lineEnd = text.indexOf('\n');
        if (block == null || mention) {
            int end = lineEnd < 0 ? text.length() : lineEnd;
            for (int i = 0; i < end; i++) {
                if (closingMarks.indexOf(text.charAt(i)) >= 0) {
                    return Finding.PAIRED;
                }
            }
        }
        return lineEnd < 0 ? Finding.OPEN : Finding.UNPAIRED;
    }

    /** All that was added. */
    List<Part> parts() {
        return parts;
    }

    private void follow(MarkupBlock open, Part part) {
        try {
            block = open.add(part) ? null : open;
        } catch (IllegalArgumentException e) {
            block = null;
        }
    }
}
