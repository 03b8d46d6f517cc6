package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.internal.answer.PieceSink.ToolCallDelta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts tool calls together from deltas, with the quirks of docs/protocol.md, section 2.6: empty ids on continuations,
 * repeated, missing or jumping indexes, a sentinel without content. Each call is told once, in order: when the next one
 * begins and its arguments are whole, or else at the finish.
 */
final class ToolCalls {

    private static final JsonFactory JSON = new JsonFactory();

    /** A call in progress. */
    private static final class Call {

        private final @Nullable Integer wireIndex;
        private final String id;
        private @Nullable String name;
        private final StringBuilder arguments = new StringBuilder();

        private Call(@Nullable Integer wireIndex, String id) {
            this.wireIndex = wireIndex;
            this.id = id;
        }
    }

    private final AnswerListener listener;
    private final List<Call> calls = new ArrayList<>();
    private final List<ToolExecutionRequest> told = new ArrayList<>();

    ToolCalls(AnswerListener listener) {
        this.listener = listener;
    }

    void add(ToolCallDelta delta) {
        if (delta.isBlank()) {
            return;
        }
        int place = placeOf(delta);
        if (place < 0) {
            tell(false);
            place = calls.size();
            String id = delta.id();
            calls.add(new Call(delta.index(), id == null || id.isEmpty() ? "call_" + place : id));
        }
        Call call = calls.get(place);
        if (!ToolCallDelta.isEmpty(delta.name())) {
            call.name = delta.name();
        }
        String piece = delta.arguments();
        if (piece != null && !piece.isEmpty()) {
            call.arguments.append(piece);
            if (call.name != null) {
                listener.onToolCallPiece(place, call.id, call.name, piece);
            }
        }
    }

    /** The call that a delta goes on with; -1 if it begins a new one. */
    private int placeOf(ToolCallDelta delta) {
        String id = delta.id();
        String name = delta.name();
        for (int i = calls.size() - 1; i >= 0; i--) {
            Call call = calls.get(i);
            boolean sameIndex = delta.index() == null || delta.index().equals(call.wireIndex);
            boolean hasId = id != null && !id.isEmpty();
            boolean hasName = name != null && !name.isEmpty();
            boolean otherId = hasId && !call.id.equals(id);
            boolean otherName = !hasId && hasName && call.name != null && !call.name.equals(name);
            if (sameIndex && !otherId) {
                return otherName ? -1 : i;
            }
        }
        return -1;
    }

    /** The answer has ended as it should: what was not told yet is told now. */
    void finish() {
        tell(true);
    }

    private void tell(boolean finished) {
        while (told.size() < calls.size()) {
            Call call = calls.get(told.size());
            if (call.name == null || (!finished && !isJsonObject(call.arguments))) {
                return;
            }
            ToolExecutionRequest request = request(call);
            told.add(request);
            listener.onToolCall(told.size() - 1, request);
        }
    }

    private static ToolExecutionRequest request(Call call) {
        return ToolExecutionRequest.builder()
                .id(call.id)
                .name(call.name)
                .arguments(call.arguments.isEmpty() ? "{}" : call.arguments.toString())
                .build();
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Whether the answer broke off within a call. */
    boolean hasIncompleteCall() {
        return calls.stream()
                .anyMatch(call -> call.name == null || !(call.arguments.isEmpty() || isJsonObject(call.arguments)));
    }

    boolean hasNamelessCall() {
        return calls.stream().anyMatch(call -> call.name == null);
    }

    List<ToolExecutionRequest> complete() {
        return told;
    }

    private static boolean isJsonObject(CharSequence arguments) {
        try (JsonParser parser = JSON.createParser(arguments.toString())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
