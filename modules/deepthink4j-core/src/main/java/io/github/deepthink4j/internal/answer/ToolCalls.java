package io.github.deepthink4j.internal.answer;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.internal.answer.PieceSink.ToolCallDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts tool calls together from deltas, with the quirks of docs/protocol.md, section 2.6: ids that are empty, missing,
 * constant or new with each piece; indexes that repeat, jump or are missing; a sentinel without content. Each call is told
 * once, in order: when the next one begins and its arguments are whole, or else at the finish. What a name, arguments or a whole
 * call that come a second time mean, docs/tolerance.md says.
 */
final class ToolCalls {

    /** A call in progress. */
    private static final class Call {

        private final int place;
        private final @Nullable Long wireIndex;
        private final @Nullable String wireId;
        private final String id;
        private @Nullable String name;
        private final CallArguments arguments = new CallArguments();

        /** Whether its name has come once more without arguments, after they were whole: perhaps the next call's head. */
        private boolean namedAgain;

        private Call(int place, @Nullable Long wireIndex, @Nullable String wireId, String id) {
            this.place = place;
            this.wireIndex = wireIndex;
            this.wireId = wireId;
            this.id = id;
        }
    }

    private final AnswerListener listener;
    private final List<Call> calls = new ArrayList<>();
    private final Map<Long, Call> byIndex = new HashMap<>();
    private final Map<String, Call> byWireId = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final List<ToolExecutionRequest> told = new ArrayList<>();

    ToolCalls(AnswerListener listener) {
        this.listener = listener;
    }

    void add(ToolCallDelta delta) {
        if (delta.isBlank()) {
            return;
        }
        Call call = delta.begins() ? null : continued(delta);
        if (call != null && isAgain(call, delta)) {
            goOn(call, null, call.arguments.restIn(delta.piece()));
            return;
        }
        String name = delta.hasName() ? delta.name() : null;
        if (call != null && goesBeyond(call, delta)) {
            name = name == null ? call.name : name;
            call = null;
        }
        if (call == null) {
            tell(false);
            call = begin(delta);
        }
        goOn(call, name, delta.piece());
    }

    private void goOn(Call call, @Nullable String name, String more) {
        String piece = more;
        boolean nameless = call.name == null;
        call.name = name == null ? call.name : joined(call.name, name);
        call.arguments.add(more);
        if (nameless && name != null) {
            // What came before the name could not be told yet.
            piece = call.arguments.toString();
        }
        if (call.name != null && !piece.isEmpty()) {
            listener.onToolCallPiece(call.place, call.id, call.name, piece);
        }
    }

    /** Some hosts send a name in pieces, others the whole of it, or what has come of it so far, with each piece of the call. */
    private static String joined(@Nullable String name, String more) {
        return name == null || more.startsWith(name) ? more : name + more;
    }

    /** Whether it is all of a call that has come in pieces already, as some gateways send it at the end. */
    private static boolean isAgain(Call call, ToolCallDelta delta) {
        return delta.hasId()
                && Objects.equals(delta.id(), call.wireId)
                && delta.hasName()
                && Objects.equals(delta.name(), call.name)
                && call.arguments.areIn(delta.piece());
    }

    /** The call that a delta belongs to as far as index, id and name say; {@code null} if it begins one. */
    private @Nullable Call continued(ToolCallDelta delta) {
        Call there = delta.index() == null ? last() : byIndex.get(delta.index());
        if (delta.hasId()) {
            return withId(delta, there);
        }
        if (there == null) {
            // An index that jumps: no call begins without a name.
            Call last = last();
            return last != null && !delta.hasName() && !last.arguments.isWhole() ? last : null;
        }
        return isOtherName(there, delta) && !(delta.index() != null && there.arguments.isBlank()) ? null : there;
    }

    private @Nullable Call withId(ToolCallDelta delta, @Nullable Call there) {
        Call known = byWireId.get(delta.id());
        if (there != null && Objects.equals(delta.id(), there.wireId)) {
            return isOtherName(there, delta) && !there.arguments.isBlank() ? null : there;
        }
        if (known != null) {
            // One id for all calls of an answer is some hosts' way: then the name begins another one.
            boolean otherIndex = delta.index() != null && known.wireIndex != null;
            return otherIndex && delta.hasName() && delta.mayBegin() ? null : known;
        }
        // A new id with each piece is other hosts' way.
        boolean laterPiece = there != null && !there.arguments.isWhole() && !isOtherName(there, delta);
        return laterPiece && !delta.mayBegin() ? there : null;
    }

    private static boolean isOtherName(Call call, ToolCallDelta delta) {
        return delta.hasName() && call.name != null && !call.name.equals(delta.name());
    }

    /** Whether the call is whole, and this the next one of the same tool, under the same index and without an id. */
    private static boolean goesBeyond(Call call, ToolCallDelta delta) {
        if (call.name == null || !call.arguments.isWhole()) {
            return false;
        }
        if (delta.piece().isBlank()) {
            call.namedAgain |= delta.hasName();
            return false;
        }
        return delta.hasName() || call.namedAgain;
    }

    private Call begin(ToolCallDelta delta) {
        String wireId = delta.hasId() ? delta.id() : null;
        Call call = new Call(calls.size(), delta.index(), wireId, unique(wireId));
        calls.add(call);
        if (call.wireIndex != null) {
            byIndex.put(call.wireIndex, call);
        }
        if (wireId != null) {
            byWireId.put(wireId, call);
        }
        return call;
    }

    /** Results find their calls by the id, so that no two calls may have the same. */
    private String unique(@Nullable String wireId) {
        String id = wireId == null ? "call_" + calls.size() : wireId;
        while (!ids.add(id)) {
            id += "_" + calls.size();
        }
        return id;
    }

    private @Nullable Call last() {
        return calls.isEmpty() ? null : calls.get(calls.size() - 1);
    }

    /** The answer has ended as it should: what was not told yet is told now. */
    void finish() {
        tell(true);
    }

    private void tell(boolean finished) {
        while (told.size() < calls.size()) {
            Call call = calls.get(told.size());
            if (call.name == null || (!finished && !call.arguments.isWhole())) {
                return;
            }
            ToolExecutionRequest request = ToolExecutionRequest.builder()
                    .id(call.id)
                    .name(call.name)
                    .arguments(call.arguments.forTool())
                    .build();
            told.add(request);
            listener.onToolCall(call.place, request);
        }
    }

    /**
     * Takes what a whole message, which has come behind the deltas, has beyond them: further calls, or the end of one.
     *
     * @return whether its calls are those of the deltas
     */
    boolean fillIn(List<ToolExecutionRequest> whole) {
        int count = calls.size();
        boolean same = true;
        for (int place = 0; place < whole.size(); place++) {
            ToolExecutionRequest call = whole.get(place);
            Call begun = byWireId.getOrDefault(call.id(), place < count ? calls.get(place) : null);
            if (begun == null) {
                add(new ToolCallDelta(null, call.id(), call.name(), call.arguments(), true));
            } else if (begun.name != null && !begun.name.equals(call.name())) {
                same = false;
            } else if (begun.arguments.isBlank()) {
                goOn(begun, call.name(), call.arguments());
            } else if (begun.arguments.areIn(call.arguments())) {
                goOn(begun, call.name(), begun.arguments.restIn(call.arguments()));
            } else {
                same &= begun.arguments
                        .toString()
                        .strip()
                        .equals(call.arguments().strip());
            }
        }
        return same;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Whether pieces have come of a call that was never told as a whole. */
    boolean hasUntoldCall() {
        return told.size() < calls.size();
    }

    /** Whether an answer that was cut may have been cut within a call: also right behind its name. */
    boolean hasIncompleteCall() {
        return calls.stream().anyMatch(call -> call.name == null || !call.arguments.isWhole());
    }

    /** Whether the arguments of a call end in their midst. */
    boolean hasCutCall() {
        return calls.stream().anyMatch(call -> call.arguments.isCut());
    }

    boolean hasNamelessCall() {
        return calls.stream().anyMatch(call -> call.name == null);
    }

    List<ToolExecutionRequest> complete() {
        return told;
    }
}
