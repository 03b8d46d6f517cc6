package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.MarkupScanner.Part;
import io.github.deepthink4j.internal.answer.MarkupTag.Form;
import io.github.deepthink4j.internal.answer.MarkupTag.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the calls of a block of tool-call markup: a section with calls, or a call without one. Anything in it that is not as
 * it should be is an {@link IllegalArgumentException}: a call of which a part is missing or guessed must not be executed.
 */
final class MarkupBlock {

    private enum State {
        START,
        BETWEEN_CALLS,
        /** In a call of V3.2 or V4, outside a parameter. */
        IN_INVOKE,
        IN_PARAMETER,
        /** In a section that holds one JSON object with the name and the arguments, as Qwen's weights write it. */
        IN_OBJECT,
        /** In a call of V3.1 or before, ahead of the separator. */
        CALL_HEAD,
        CALL_BODY,
        CLOSED
    }

    private final boolean bare;
    private final List<MarkupCall> calls = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private MarkupCall.Arguments arguments = new MarkupCall.Arguments();
    private State state = State.START;
    private boolean section;
    private boolean marked;

    /** Whether the text so far is white space, and whether it is neither that nor an object. */
    private boolean blank = true;

    private boolean prose;
    private String name = "";
    private MarkupTag invoke = new MarkupTag(Kind.INVOKE, Form.DSML, false, false, null, null, Set.of());
    private MarkupTag parameter = invoke;

    MarkupBlock() {
        this(false);
    }

    /** @param bare whether its tags have lost their DSML and its bars */
    MarkupBlock(boolean bare) {
        this.bare = bare;
    }

    /** @return whether the block ends here */
    boolean add(Part part) {
        MarkupTag tag = part.tag();
        if (tag == null || isWithin(tag)) {
            text(part.text());
        } else {
            tag(tag);
        }
        return state == State.CLOSED;
    }

    /** The calls, once the block has ended. */
    List<MarkupCall> calls() {
        return calls;
    }

    /** The name of the call that is read, or was read last; empty before the first one. */
    String callName() {
        if (state == State.IN_OBJECT && name.isEmpty()) {
            name = MarkupCall.nameAhead(text);
        }
        return name;
    }

    /** Whether no call, and nothing of one but its tag, has been read. */
    boolean isBarelyBegun() {
        return calls.isEmpty()
                && arguments.isEmpty()
                && (state == State.START || state == State.BETWEEN_CALLS || state == State.IN_INVOKE);
    }

    /** Whether words stand where a parameter, or an object, would have to. */
    boolean holdsProse() {
        return prose && state == State.IN_INVOKE;
    }

    /** Whether a parameter says if its value is text, which is a habit of DeepSeek's weights alone. */
    boolean isMarked() {
        return marked;
    }

    /** Whether it is part of a value: one form's tags mean nothing to the other. */
    private boolean isWithin(MarkupTag tag) {
        return (state == State.IN_PARAMETER && tag.form() != parameter.form())
                || (state == State.CALL_BODY && tag.form() != Form.TOKENS)
                || (state == State.IN_OBJECT && !tag.closes(Kind.SECTION) && !beginsLine());
    }

    /** No string of JSON holds a line end, so that what begins a line here is no part of one. */
    private boolean beginsLine() {
        int last = text.length() - 1;
        while (last >= 0 && text.charAt(last) == ' ') {
            last--;
        }
        return last >= 0 && text.charAt(last) == '\n';
    }

    private void text(String more) {
        if (state == State.BETWEEN_CALLS
                && bare
                && calls.isEmpty()
                && more.stripLeading().startsWith("{")) {
            state = State.IN_OBJECT;
        }
        if (state == State.BETWEEN_CALLS) {
            check(more.isBlank(), "something stands between the calls");
        } else {
            if (blank && !more.isBlank()) {
                blank = false;
                prose = !more.stripLeading().startsWith("{");
            }
            text.append(more);
        }
    }

    private void tag(MarkupTag tag) {
        switch (state) {
            case START -> start(tag);
            case BETWEEN_CALLS -> {
                if (tag.isAroundCalls() && tag.closing()) {
                    check(!calls.isEmpty(), "there is none in it");
                    state = State.CLOSED;
                } else {
                    call(tag);
                }
            }
            case IN_INVOKE -> invoke(tag);
            case IN_PARAMETER -> {
                check(tag.closes(Kind.PARAMETER), "a parameter is not closed");
                arguments.put(parameter, takeText());
                state = State.IN_INVOKE;
            }
            case IN_OBJECT -> {
                check(tag.closes(Kind.SECTION), "a call is not closed");
                MarkupCall call = MarkupCall.whole(takeText());
                name = call.name();
                end(call);
                state = State.CLOSED;
            }
            case CALL_HEAD -> {
                check(tag.kind() == Kind.SEPARATOR, "a name is not closed");
                name = takeText();
                state = State.CALL_BODY;
            }
            case CALL_BODY -> {
                check(tag.closes(Kind.CALL), "the arguments are not closed");
                end(MarkupCall.of(name, takeText()));
            }
            case CLOSED -> throw new IllegalStateException("a block has one end");
        }
    }

    private void start(MarkupTag tag) {
        if (tag.isAroundCalls() && !tag.closing()) {
            section = true;
            state = State.BETWEEN_CALLS;
        } else {
            call(tag);
        }
    }

    private void call(MarkupTag tag) {
        if (tag.opens(Kind.CALL)) {
            state = State.CALL_HEAD;
            return;
        }
        check(tag.opens(Kind.INVOKE) && tag.name() != null, "a tag is not where it belongs");
        name = String.valueOf(tag.name());
        invoke = tag;
        arguments = new MarkupCall.Arguments();
        state = State.IN_INVOKE;
        if (tag.selfClosed()) {
            checkNoneIsLost(false);
            end(new MarkupCall(name, arguments.asJson()));
        }
    }

    private void invoke(MarkupTag tag) {
        String body = takeText();
        if (tag.opens(Kind.PARAMETER)) {
            check(body.isBlank() && !tag.selfClosed(), "something stands between the parameters");
            check(!tag.others().contains("value"), "a value stands in a parameter's tag");
            parameter = tag;
            marked |= tag.string() != null;
            state = State.IN_PARAMETER;
        } else {
            check(tag.closes(Kind.INVOKE), "a call is not closed");
            check(body.isBlank() || arguments.isEmpty(), "something stands between the parameters");
            checkNoneIsLost(!body.isBlank() || !arguments.isEmpty());
            end(new MarkupCall(name, body.isBlank() ? arguments.asJson() : MarkupCall.object(body)));
        }
    }

    private void checkNoneIsLost(boolean hasArguments) {
        check(!invoke.mayHoldArgument(hasArguments), "an argument may stand in the tag");
    }

    private void end(MarkupCall call) {
        check(!call.name().isBlank(), "it has no name");
        calls.add(call);
        state = section ? State.BETWEEN_CALLS : State.CLOSED;
    }

    private String takeText() {
        String taken = text.toString();
        text.setLength(0);
        blank = true;
        prose = false;
        return taken;
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
