package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.MarkupScanner.Part;
import io.github.deepthink4j.internal.answer.MarkupTag.Form;
import io.github.deepthink4j.internal.answer.MarkupTag.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        /** Behind a tag that may be quoted; the rest of the line says whether it is. */
        QUOTATION,
        /** Behind a tag; what comes next says whether it begins a block. */
        DOUBT,
        BLOCK,
        /** Within a block that can't be read. */
        BROKEN
    }

    private final MarkupScanner scanner = new MarkupScanner();
    private final MarkdownPlace place = new MarkdownPlace();
    private final boolean atEndOnly;
    private State state = State.TEXT;

    /** The tag in doubt, and the text behind it. */
    private @Nullable Part doubtful;

    private MarkupQuotation quotation = new MarkupQuotation("");

    private final StringBuilder behind = new StringBuilder();

    private boolean isBlank = true;

    /** Text that may go on. */
    private final StringBuilder plain = new StringBuilder();

    private @Nullable MarkupBlock block;

    /** Whether nothing but white space has come since the last block. */
    private boolean behindBlock;

    /** Whether a tag without a call was left behind; hosts do so that have made the call a real one. */
    private boolean residue;

    /** What the text's blocks have told; kept to the end, since what the host tells as calls may be the same. */
    private final List<MarkupCall> calls = new ArrayList<>();

    private final ToolCalls hostsCalls = new ToolCalls(new AnswerListener() {});
    private boolean bad;

    ToolCallMarkup(PieceSink next) {
        this(next, false);
    }

    /** @param atEndOnly whether calls count only if no more text comes */
    ToolCallMarkup(PieceSink next, boolean atEndOnly) {
        super(next);
        this.atEndOnly = atEndOnly;
    }

    @Override
    public void onText(String text) {
        if (state == State.TEXT && !text.isEmpty() && scanner.isPlain(text)) {
            follow(text);
            next.onText(text);
            return;
        }
        take(text);
        tellText();
    }

    /** As {@link #onText}, but what is text of it is not told yet. */
    void take(String text) {
        scanner.add(text);
        for (Part part = scanner.next(); part != null; part = scanner.next()) {
            read(part);
        }
    }

    /** Whether a line of plain text begins here, or has begun with no more than three blanks. */
    boolean isAtLineStart() {
        return state == State.TEXT && !place.isQuoted() && place.isPlainLineStart();
    }

    /** Calls that were found in the text in another way. */
    void found(List<MarkupCall> others) {
        behindBlock = true;
        calls.addAll(others);
    }

    /** A tag that no call follows; it is forgiven only if the host has told a call. */
    void foundResidue() {
        residue = true;
    }

    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        flush();
        hostsCalls.add(delta);
        next.onToolCallDelta(delta);
    }

    @Override
    public void onEnd() {
        flush();
        if (residue && hostsCalls.isEmpty()) {
            badCall(NOT_CLOSED);
        }
        if (!bad) {
            tell();
        }
        next.onEnd();
    }

    private void read(Part part) {
        switch (state) {
            case TEXT -> text(part);
            case QUOTATION -> quotation(part);
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
        } else if (!place.closingMarks().isEmpty()) {
            quotation = new MarkupQuotation(place.closingMarks());
            state = State.QUOTATION;
            quotation(part);
        } else if (tag.kind() == Kind.END) {
            // It may end a block, as it ends every answer in the weights' own form.
            passOn(behindBlock ? "" : part.text());
        } else if (!(behindBlock && tag.isAroundCalls() && tag.closing())) {
            doubtful = part;
            state = State.DOUBT;
        }
    }

    private void quotation(Part part) {
        switch (quotation.add(part)) {
            case PAIRED -> {
                state = State.TEXT;
                quotation.parts().forEach(quoted -> passOn(quoted.text()));
            }
            case UNPAIRED -> noQuotation();
            case OPEN -> {
                // The line goes on.
            }
        }
    }

    private void noQuotation() {
        state = State.TEXT;
        place.forgetMarks();
        quotation.parts().forEach(this::read);
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
            } else if (isOnlyNamed(tag, part.tag())) {
                String text = opening.text() + takeBehind();
                state = State.TEXT;
                passOn(text);
                text(part);
            } else {
                begin(opening, part);
            }
            return;
        }
        behind.append(part.text());
        boolean undecided = isBlank && part.text().isBlank();
        isBlank = undecided;
        LostTokens lost = tag.form() == Form.TOKENS ? LostTokens.in(behind) : LostTokens.NONE;
        if (lost == LostTokens.CALL || (tag.kind() == Kind.BROKEN && tag.name() != null)) {
            takeBehind();
            state = State.BROKEN;
            badCall("in the text, a part of its markup is missing or wrong");
            return;
        }
        if (undecided || mayBeName(tag) || lost == LostTokens.PERHAPS) {
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

    /** A sentence that names two tags: what stands between them begins with a blank, and is no call. */
    private boolean isOnlyNamed(MarkupTag first, MarkupTag second) {
        return first.opens(Kind.CALL)
                && second.closes(Kind.CALL)
                && !place.isLineStart()
                && behind.indexOf(" ") == 0
                && behind.indexOf("{") < 0;
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
        MarkupBlock open = block;
        if (state != State.BLOCK || open == null) {
            return;
        }
        try {
            if (open.add(part)) {
                state = State.TEXT;
                behindBlock = true;
                calls.addAll(open.calls());
            }
        } catch (IllegalArgumentException e) {
            state = State.BROKEN;
            badCall("in the text, " + e.getMessage());
        }
    }

    void badCall(String what) {
        tellText();
        if (!bad) {
            bad = true;
            next.onBadCall(what);
        }
    }

    /** A host that makes the calls real and leaves them in the text as well means each of them once. */
    private void tell() {
        if (calls.isEmpty()) {
            return;
        }
        hostsCalls.finish();
        Set<MarkupCall> told = new HashSet<>();
        hostsCalls.complete().forEach(call -> told.add(MarkupCall.asTold(call)));
        int place = 0;
        for (MarkupCall call : calls) {
            if (!told.contains(call)) {
                next.onToolCallDelta(new ToolCallDelta(
                        null,
                        "call_markup_" + place++,
                        call.name(),
                        call.arguments().toString(),
                        true));
            }
        }
    }

    /** No more text will come, or not before something else: the beginning of a tag behind another one is no text. */
    private void flush() {
        Part rest = scanner.end();
        if (rest != null && !(state == State.DOUBT && rest.tag() == null)) {
            read(rest);
        }
        if (state == State.QUOTATION) {
            noQuotation();
        }
        if (state == State.DOUBT) {
            endOfDoubt();
        } else if (state == State.BLOCK) {
            state = State.BROKEN;
            badCall(NOT_CLOSED);
        }
        tellText();
    }

    private void endOfDoubt() {
        Part opening = doubtful;
        boolean mentioned = opening != null
                && opening.tag() != null
                && (opening.tag().kind() == Kind.UNKNOWN
                        || (!isBlank && !opening.tag().opens(Kind.CALL)));
        if (opening != null && mentioned && !place.isLineStart()) {
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
        follow(text);
        plain.append(text);
    }

    private void follow(String text) {
        place.follow(text);
        if (!text.isBlank()) {
            behindBlock = false;
            if (atEndOnly) {
                calls.clear();
                residue = false;
            }
        }
    }

    /** The text of one piece goes on as one, however many brackets are in it. */
    void tellText() {
        if (!plain.isEmpty()) {
            next.onText(plain.toString());
            plain.setLength(0);
        }
    }
}
