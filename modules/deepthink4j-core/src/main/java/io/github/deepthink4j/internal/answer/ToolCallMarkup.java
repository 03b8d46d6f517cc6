package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.MarkupScanner.Part;
import io.github.deepthink4j.internal.answer.MarkupTag.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Makes real tool calls of those that a host leaves in the text as DeepSeek's own markup (docs/protocol.md, section 8). A call, or
 * a bad call: the markup itself is never told, and text that only mentions it stays text. Such is what stands in code or
 * in quotes, and a tag that no call follows.
 */
final class ToolCallMarkup extends PieceFilter {

    private static final String NOT_CLOSED = "in the text, it is not closed";
    private static final int LONGEST_NAME = 256;

    private enum State {
        TEXT,
        /** Behind a tag; what comes next says whether it begins a block. */
        DOUBT,
        BLOCK,
        /** Within a block that can't be read. */
        BROKEN
    }

    private final MarkupScanner scanner = new MarkupScanner();
    private final MarkdownPlace place = new MarkdownPlace();
    private State state = State.TEXT;

    /** The tag in doubt, and the text behind it. */
    private @Nullable Part doubtful;

    private final StringBuilder behind = new StringBuilder();

    private boolean isBlank = true;

    private MarkupBlock block = new MarkupBlock();

    /** Whether nothing but white space has come since the last block. */
    private boolean behindBlock;

    /** Whether a tag without a call was left behind; hosts do so that have made the call a real one. */
    private boolean residue;

    private boolean realCalls;
    private int calls;

    ToolCallMarkup(PieceSink next) {
        super(next);
    }

    @Override
    public void onText(String text) {
        scanner.add(text);
        for (Part part = scanner.next(); part != null; part = scanner.next()) {
            read(part);
        }
    }

    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        realCalls = true;
        flush();
        next.onToolCallDelta(delta);
    }

    @Override
    public void onEnd() {
        flush();
        if (residue && !realCalls) {
            next.onBadCall(NOT_CLOSED);
        }
        next.onEnd();
    }

    private void read(Part part) {
        switch (state) {
            case TEXT -> text(part);
            case DOUBT -> doubt(part);
            case BLOCK -> block(part);
            case BROKEN -> {
                // Nothing that comes now could mend it, and none of it is text.
            }
        }
    }

    private void text(Part part) {
        MarkupTag tag = part.tag();
        if (tag == null || place.isQuoted()) {
            passOn(part.text());
        } else if (tag.kind() == Kind.END) {
            // It may end a block, as it ends every answer in the weights' own form.
            passOn(behindBlock ? "" : part.text());
        } else if (!(behindBlock && tag.isAroundCalls() && tag.closing())) {
            doubtful = part;
            state = State.DOUBT;
        }
    }

    private void doubt(Part part) {
        Part opening = doubtful;
        if (opening == null || opening.tag() == null) {
            throw new IllegalStateException("there is no tag to doubt");
        }
        MarkupTag tag = opening.tag();
        if (part.tag() != null) {
            if (tag.closing()) {
                leaveBehind();
                text(part);
            } else {
                begin(opening, part);
            }
            return;
        }
        behind.append(part.text());
        boolean undecided = isBlank && part.text().isBlank();
        isBlank = undecided;
        if (undecided || mayBeName(tag)) {
            return;
        }
        int first = firstNonBlank();
        if (tag.opens(Kind.INVOKE) && behind.charAt(first) == '{') {
            String body = takeBehind();
            begin(opening, new Part(body, null));
        } else if (place.isLineStart() && behind.lastIndexOf("\n", first) >= 0) {
            // A line of its own, and not a call: this is no sentence about the markup.
            String text = takeBehind();
            leaveBehind();
            text(new Part(text, null));
        } else {
            String text = takeBehind();
            state = State.TEXT;
            passOn(opening.text());
            text(new Part(text, null));
        }
    }

    private int firstNonBlank() {
        int first = 0;
        while (first < behind.length() && Character.isWhitespace(behind.charAt(first))) {
            first++;
        }
        return first;
    }

    /** The name stands between two tags. */
    private boolean mayBeName(MarkupTag tag) {
        return tag.opens(Kind.CALL) && behind.length() <= LONGEST_NAME && behind.indexOf("\n") < 0;
    }

    private void begin(Part opening, Part following) {
        String between = takeBehind();
        block = new MarkupBlock();
        state = State.BLOCK;
        block(opening);
        if (!between.isEmpty()) {
            block(new Part(between, null));
        }
        block(following);
    }

    private void block(Part part) {
        if (state != State.BLOCK) {
            return;
        }
        try {
            if (block.add(part)) {
                state = State.TEXT;
                behindBlock = true;
                block.calls().forEach(this::tell);
            }
        } catch (IllegalArgumentException e) {
            state = State.BROKEN;
            next.onBadCall("in the text, " + e.getMessage());
        }
    }

    private void tell(MarkupCall call) {
        next.onToolCallDelta(
                new ToolCallDelta(null, "call_markup_" + calls++, call.name(), call.argumentsJson(), true));
    }

    /** No more text will come, or not before something else. */
    private void flush() {
        Part rest = scanner.end();
        if (rest != null) {
            read(rest);
        }
        if (state == State.DOUBT) {
            endOfDoubt();
        } else if (state == State.BLOCK) {
            state = State.BROKEN;
            next.onBadCall(NOT_CLOSED);
        }
    }

    private void endOfDoubt() {
        Part opening = doubtful;
        boolean other =
                opening != null && opening.tag() != null && opening.tag().kind() == Kind.UNKNOWN;
        if (opening != null && other && !place.isLineStart()) {
            String text = takeBehind();
            state = State.TEXT;
            passOn(opening.text() + text);
        } else {
            leaveBehind();
        }
    }

    private void leaveBehind() {
        residue = true;
        takeBehind();
        doubtful = null;
        state = State.TEXT;
    }

    private String takeBehind() {
        String text = behind.toString();
        behind.setLength(0);
        isBlank = true;
        return text;
    }

    private void passOn(String text) {
        if (!text.isEmpty()) {
            behindBlock &= text.isBlank();
            place.follow(text);
            next.onText(text);
        }
    }
}
