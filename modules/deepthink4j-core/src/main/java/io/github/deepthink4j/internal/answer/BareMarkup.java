package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.MarkupScanner.Part;
import io.github.deepthink4j.internal.answer.MarkupTag.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes real tool calls of markup that looks like anybody's XML: DeepSeek's own from which a host has taken DSML and its bars as
 * special tokens, and the form of Qwen's weights, which are R1's distilled ones too. An answer may well be an example of
 * such, so these are calls only at the beginning of a line outside code, if they name one of the request's tools. Without
 * tools only DeepSeek's own form counts, whole and at the answer's end.
 */
final class BareMarkup extends PieceFilter {

    private static final String NOT_CLOSED = "in the text, it is not closed";

    private final MarkupScanner scanner = new MarkupScanner(true);
    private final ToolCallMarkup markup;
    private final Set<String> tools;
    private final NakedCall naked;

    /** The parts of the block that is open; text again if it turns out to be no call. */
    private List<Part> parts = new ArrayList<>();

    private @Nullable MarkupBlock block;

    /** Whole blocks that count only if nothing follows, as they were written, and their calls. */
    private final StringBuilder atEnd = new StringBuilder();

    private final List<MarkupCall> callsAtEnd = new ArrayList<>();

    /** Whether nothing but white space has come since the last call. */
    private boolean behindCall;

    /** What is wrong with a block. Told at the end, since a thought with an answer behind it has only thought of a call. */
    private @Nullable String wrong;

    /** @param tools the names of those that the request has given */
    BareMarkup(ToolCallMarkup next, Set<String> tools) {
        super(next);
        this.markup = next;
        this.tools = tools;
        this.naked = new NakedCall(tools);
    }

    @Override
    public void onText(String text) {
        naked.follow(text);
        if (block == null && atEnd.isEmpty() && !behindCall && wrong == null && scanner.isPlain(text)) {
            markup.onText(text);
            return;
        }
        scanner.add(text);
        for (Part part = scanner.next(); part != null; part = scanner.next()) {
            read(part);
        }
        markup.tellText();
    }

    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        flush();
        next.onToolCallDelta(delta);
    }

    @Override
    public void onEnd() {
        flush();
        next.onEnd();
    }

    private void read(Part part) {
        if (wrong != null) {
            // Nothing that comes now could mend it, and none of it is text.
            return;
        }
        MarkupTag tag = part.tag();
        if (block != null) {
            block(block, part);
        } else if (tag == null) {
            text(part.text());
        } else if ((tag.opens(Kind.SECTION) || (tag.opens(Kind.INVOKE) && tag.name() != null))
                && markup.isAtLineStart()) {
            block = new MarkupBlock(true);
            block(block, part);
        } else if (tag.kind() == Kind.BROKEN
                && tag.name() != null
                && tools.contains(tag.name())
                && markup.isAtLineStart()) {
            bad("in the text, its tag can't be read");
        } else if (!behindCall || !tag.closes(Kind.SECTION)) {
            // Behind a call it closes a section that was not opened.
            text(part.text());
        }
    }

    private void text(String text) {
        if (!text.isBlank()) {
            behindCall = false;
            markup.take(atEnd + text);
            atEnd.setLength(0);
            callsAtEnd.clear();
        } else if (!atEnd.isEmpty()) {
            atEnd.append(text);
        } else {
            markup.take(text);
        }
    }

    private void block(MarkupBlock open, Part part) {
        parts.add(part);
        boolean barely = open.isBarelyBegun();
        try {
            if (open.add(part)) {
                closed(open);
            } else if (!mayBeCall(open) || (barely && open.holdsProse())) {
                release();
            }
        } catch (IllegalArgumentException e) {
            boolean prose = barely && (part.tag() == null || open.holdsProse());
            if (isCall(open) && !prose) {
                bad("in the text, " + e.getMessage());
            } else {
                release();
            }
        }
    }

    private void closed(MarkupBlock whole) {
        if (!isCall(whole)) {
            release();
        } else if (tools.isEmpty()) {
            parts.forEach(part -> atEnd.append(part.text()));
            callsAtEnd.addAll(whole.calls());
            behindCall = true;
            forget();
        } else {
            markup.found(whole.calls());
            behindCall = true;
            forget();
        }
    }

    private boolean isCall(MarkupBlock some) {
        return tools.isEmpty() ? some.isMarked() : tools.contains(some.callName());
    }

    /** As far as has been read; a block whose name has not come yet may be one. */
    private boolean mayBeCall(MarkupBlock some) {
        String name = some.callName();
        return name.isEmpty() || tools.isEmpty() || tools.contains(name);
    }

    private void bad(String what) {
        wrong = what;
        forget();
    }

    private void forget() {
        block = null;
        parts = new ArrayList<>();
    }

    /** It is text; what stands behind its first tag may begin another one. */
    private void release() {
        List<Part> released = parts;
        forget();
        text(released.get(0).text());
        released.subList(1, released.size()).forEach(this::read);
    }

    /** No more text will come, or not before something else. */
    private void flush() {
        Part rest = scanner.end();
        if (rest != null && isBegun(rest)) {
            bad(NOT_CLOSED);
        } else if (rest != null) {
            read(rest);
        }
        while (block != null) {
            endWithin(block);
        }
        if (wrong != null) {
            markup.badCall(wrong);
        }
        if (naked.isFound()) {
            markup.foundResidue();
        }
        markup.found(callsAtEnd);
        callsAtEnd.clear();
        atEnd.setLength(0);
        markup.tellText();
    }

    /** Whether it is the beginning of a call's tag, which has broken off. */
    private boolean isBegun(Part rest) {
        if (tools.isEmpty()) {
            return false;
        }
        if (block != null) {
            return block.isBarelyBegun() && block.callName().isEmpty();
        }
        return rest.tag() != null && rest.tag().kind() == Kind.BROKEN && markup.isAtLineStart();
    }

    private void endWithin(MarkupBlock open) {
        if (!tools.isEmpty() && open.callName().isEmpty() && open.isBarelyBegun()) {
            forget();
            markup.foundResidue();
        } else if (isCall(open)) {
            bad(NOT_CLOSED);
        } else {
            release();
        }
    }
}
