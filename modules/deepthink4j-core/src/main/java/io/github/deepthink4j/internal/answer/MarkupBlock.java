package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.MarkupScanner.Part;
import io.github.deepthink4j.internal.answer.MarkupTag.Kind;
import java.util.ArrayList;
import java.util.List;

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
        /** In a call of V3.1 or before, ahead of the separator. */
        CALL_HEAD,
        CALL_BODY,
        CLOSED
    }

    private final List<MarkupCall> calls = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private MarkupCall.Arguments arguments = new MarkupCall.Arguments();
    private State state = State.START;
    private boolean section;
    private String name = "";
    private MarkupTag parameter = new MarkupTag(Kind.PARAMETER, true, false, false, null, null);

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

    /** Whether it is part of a value: one form's tags mean nothing to the other. */
    private boolean isWithin(MarkupTag tag) {
        return (state == State.IN_PARAMETER && !tag.dsml()) || (state == State.CALL_BODY && tag.dsml());
    }

    private void text(String more) {
        if (state == State.BETWEEN_CALLS) {
            check(more.isBlank(), "something stands between the calls");
        } else {
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
        arguments = new MarkupCall.Arguments();
        state = State.IN_INVOKE;
        if (tag.selfClosed()) {
            end(new MarkupCall(name, arguments.asJson()));
        }
    }

    private void invoke(MarkupTag tag) {
        String body = takeText();
        if (tag.opens(Kind.PARAMETER)) {
            check(body.isBlank() && !tag.selfClosed(), "something stands between the parameters");
            parameter = tag;
            state = State.IN_PARAMETER;
        } else {
            check(tag.closes(Kind.INVOKE), "a call is not closed");
            check(body.isBlank() || arguments.isEmpty(), "something stands between the parameters");
            end(new MarkupCall(name, body.isBlank() ? arguments.asJson() : MarkupCall.object(body)));
        }
    }

    private void end(MarkupCall call) {
        check(!call.name().isBlank(), "it has no name");
        calls.add(call);
        state = section ? State.BETWEEN_CALLS : State.CLOSED;
    }

    private String takeText() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
