package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.internal.value.Blank;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts the pieces together and passes them on; says in the end whether they are an answer. */
final class Assembler implements PieceSink {

    /** What the names of the message's own unknown fields begin with. */
    static final String OF_MESSAGE = "message.";

    /** As a finish reason. */
    static final String FILTERED = "content_filter";

    private final AnswerListener listener;
    private final ToolCalls toolCalls;
    private final PieceText thinking = new PieceText();
    private final PieceText text = new PieceText();
    private final StringBuilder refusal = new StringBuilder();
    private boolean refused;
    private final Map<String, JsonNode> unknownFields = new LinkedHashMap<>();
    private final Predicate<String> carried;
    private final PiecedFields piecedFields = new PiecedFields();
    private @Nullable String id;
    private @Nullable Long created;
    private @Nullable String model;
    private @Nullable String fingerprint;
    private @Nullable String reasoningField;
    private @Nullable UsageFigures usage;
    private boolean piecesSinceUsage;
    private @Nullable String finishReason;
    private @Nullable ObjectNode logprobs;
    private @Nullable String serverError;
    private @Nullable String badCall;
    private @Nullable Assembler repetition;
    private boolean contradicted;

    Assembler(AnswerListener listener) {
        this(listener, field -> false);
    }

    /**
     * @param carried which fields of the message that are not known are put together from their pieces; of others the last one counts
     */
    Assembler(AnswerListener listener, Predicate<String> carried) {
        this.listener = listener;
        this.carried = carried;
        this.toolCalls = new ToolCalls(listener);
    }

    boolean hasPieces() {
        return !thinking.isEmpty() || !text.isEmpty() || !toolCalls.isEmpty();
    }

    boolean hasServerError() {
        return serverError != null;
    }

    /** Whether nothing is missing but a finish reason. */
    boolean lacksFinishReasonOnly() {
        return finishReason == null && !toolCalls.hasIncompleteCall();
    }

    boolean isFinished() {
        return finishReason != null;
    }

    @Override
    public void onMeta(
            @Nullable String id, @Nullable Long created, @Nullable String model, @Nullable String fingerprint) {
        this.id = id == null || id.isEmpty() ? this.id : id;
        this.created = created == null ? this.created : created;
        this.model = model == null || model.isEmpty() ? this.model : model;
        this.fingerprint = fingerprint == null ? this.fingerprint : fingerprint;
    }

    @Override
    public void onThinking(String field, String piece) {
        // A field that was only there once, empty, gives way to the one that is filled.
        if (reasoningField == null || thinking.isEmpty()) {
            reasoningField = field;
        }
        if (!piece.isEmpty()) {
            piecesSinceUsage = true;
            thinking.append(piece);
            listener.onThinking(piece);
        }
    }

    @Override
    public void onText(String piece) {
        piecesSinceUsage = true;
        text.append(piece);
        listener.onText(piece);
    }

    @Override
    public void onToolCallDelta(ToolCallDelta delta) {
        piecesSinceUsage = true;
        toolCalls.add(delta);
    }

    @Override
    public void onUsage(UsageFigures figures) {
        if (usage == null || !figures.isEmpty()) {
            usage = figures;
            piecesSinceUsage = false;
        }
    }

    /** The worst one stays: a later {@code stop} makes no answer of a refusal, nor whole what a limit has cut. */
    @Override
    public void onFinish(String reason) {
        if (finishReason == null || badness(reason) > badness(finishReason)) {
            finishReason = reason;
        }
    }

    static int badness(String finishReason) {
        return switch (finishReason) {
            case "stop" -> 0;
            case "tool_calls" -> 1;
            case "length" -> 2;
            case "content_filter" -> 5;
            case "insufficient_system_resource", "aborted" -> 4;
            default -> 3;
        };
    }

    @Override
    public void onServerError(String said) {
        serverError = said;
    }

    @Override
    public void onRefusal(String words) {
        refusal.append(words);
        refused |= words.isEmpty() || !words.isBlank();
    }

    @Override
    public void onBadCall(String what) {
        badCall = what;
    }

    @Override
    public void onUnknownField(String name, JsonNode value) {
        unknownFields.put(name, value);
    }

    @Override
    public void onMessageField(String name, JsonNode value, boolean whole) {
        if (carried.test(name)) {
            piecedFields.add(name, value, whole);
        } else {
            unknownFields.put(OF_MESSAGE + name, value);
        }
    }

    @Override
    public void onContentBlocks(JsonNode content, List<JsonNode> unknown, boolean whole) throws IOException {
        if (carried.test(PiecedFields.CONTENT)) {
            piecedFields.add(PiecedFields.CONTENT, whole ? content : blocks(unknown), whole);
        } else {
            for (JsonNode part : unknown) {
                if (ContentParts.leavesHole(part)) {
                    throw new IOException("a part of the content is neither text nor thought");
                }
                unknownFields.put(OF_MESSAGE + PiecedFields.CONTENT, part);
            }
        }
    }

    private static JsonNode blocks(List<JsonNode> parts) {
        return JsonNodeFactory.instance.arrayNode().addAll(parts);
    }

    private Map<String, JsonNode> allUnknownFields() {
        Map<String, JsonNode> all = new LinkedHashMap<>(unknownFields);
        piecedFields.together().forEach((name, value) -> all.put(OF_MESSAGE + name, value));
        return all;
    }

    /** Each chunk brings its own lists; together they are those of the answer. */
    @Override
    public void onLogprobs(JsonNode more) {
        if (logprobs == null) {
            logprobs = more.deepCopy();
            return;
        }
        ObjectNode all = logprobs;
        more.properties().forEach(entry -> {
            if (all.get(entry.getKey()) instanceof ArrayNode list && entry.getValue() instanceof ArrayNode additions) {
                list.addAll(additions);
            } else if (!entry.getValue().isNull()) {
                all.set(entry.getKey(), entry.getValue());
            }
        });
    }

    /**
     * A whole message has come behind the deltas. What they have said is not said again: what was told stays as it is, and
     * only what is missing is taken.
     */
    void repeat(Assembler whole) {
        repetition = whole;
    }

    private void fillIn(Assembler whole) {
        String thought = beyond(thinking, whole.thinking);
        if (whole.reasoningField != null && (reasoningField == null || !thought.isEmpty())) {
            onThinking(reasoningField == null ? whole.reasoningField : reasoningField, thought);
        }
        String rest = beyond(text, whole.text);
        contradicted = rest.isEmpty() && !isPartOf(text, whole.text);
        if (!rest.isEmpty()) {
            onText(rest);
        }
        contradicted |= !toolCalls.fillIn(whole.toolCalls.complete());
        logprobs = logprobs == null ? whole.logprobs : logprobs;
        whole.unknownFields.forEach(unknownFields::putIfAbsent);
        whole.piecedFields.together().forEach((name, value) -> piecedFields.add(name, value, true));
    }

    /**
     * Whether a whole message says no more than its pieces did, white space aside: also the last piece alone, or what had come
     * before it, and a thought that stands in the text there.
     */
    private static boolean isPartOf(PieceText said, PieceText whole) {
        String text =
                whole.toString().replaceFirst("(?s)^\\s*<think>.*?</think>", "").replaceAll("\\s+", "");
        String pieces = said.toString().replaceAll("\\s+", "");
        return pieces.startsWith(text) || pieces.endsWith(text);
    }

    /** How a text goes on behind what was said of it; empty where it says something else. */
    private static String beyond(PieceText said, PieceText whole) {
        String begun = said.toString().stripLeading();
        String text = begun.isEmpty() ? whole.toString() : whole.toString().stripLeading();
        String rest = text.startsWith(begun) ? text.substring(begun.length()) : "";
        return rest.isBlank() ? "" : rest;
    }

    @Override
    public void onEnd() {
        if (repetition != null) {
            fillIn(repetition);
        }
        boolean asItShould = "stop".equals(finishReason) || "tool_calls".equals(finishReason);
        if (badCall != null || endsInCall()) {
            return;
        }
        if (asItShould || ("length".equals(finishReason) && !toolCalls.hasIncompleteCall())) {
            toolCalls.finish();
        }
    }

    /**
     * Whether it says no more than that it has ended, in the midst of a call. Where it says that there are calls, the model has
     * written this one so: then its tool is told, and the model can mend it.
     */
    private boolean endsInCall() {
        return "stop".equals(finishReason) && toolCalls.hasCutCall();
    }

    /**
     * @param half of a character, which the answer ends in
     */
    AssembledAnswer answer(Ending ending, @Nullable String half) {
        return new AssembledAnswer(
                id,
                created,
                model,
                fingerprint,
                thinking.isEmpty() ? null : thinking.toString(),
                reasoningField,
                text.isEmpty() ? null : text.toString(),
                half,
                toolCalls.complete(),
                toolCalls.hasUntoldCall(),
                usage,
                usageIsWhole(ending),
                finishReason,
                logprobs,
                allUnknownFields(),
                ending);
    }

    /** Of an answer that broke off, only what the last usage is behind of is known; one that has ended may tell it first, as in a body without a stream. */
    private boolean usageIsWhole(Ending ending) {
        return finishReason != null && !(ending.isCut() && piecesSinceUsage);
    }

    /** A refusal that has come stays one, whatever ends the answer behind it: what was shown of it is to be taken back. */
    Ending unlessRefused(Ending ending) {
        if (ending.kind() == Kind.REFUSED || !(refused || FILTERED.equals(finishReason))) {
            return ending;
        }
        return new Ending(Kind.REFUSED, refusalWords(), ending);
    }

    private @Nullable String refusalWords() {
        return refusal.toString().isBlank() ? null : refusal.toString();
    }

    /** How the answer has ended, if all that was to come has come. */
    Ending ending() {
        if (serverError != null) {
            return new Ending(Kind.ERROR_IN_STREAM, serverError);
        }
        if (finishReason == null) {
            return new Ending(Kind.CUT, "no finish reason came");
        }
        if (refused) {
            return new Ending(Kind.REFUSED, refusalWords());
        }
        if (badCall != null && badness(finishReason) <= badness("tool_calls")) {
            return new Ending(Kind.BAD_CALL, badCall);
        }
        if (contradicted && badness(finishReason) <= badness("length")) {
            return new Ending(Kind.CONTRADICTORY, null);
        }
        boolean nothing = Blank.is(text.toString()) && toolCalls.isEmpty();
        return switch (finishReason) {
            case "stop", "tool_calls" -> {
                // A parser on the host's side has lost them, and the text is what stood before them.
                if (finishReason.equals("tool_calls") && toolCalls.isEmpty()) {
                    yield new Ending(Kind.BAD_CALL, "it was announced and did not come");
                }
                if (nothing) {
                    yield new Ending(Kind.EMPTY, null);
                }
                if (endsInCall()) {
                    yield new Ending(Kind.BAD_CALL, "its arguments are not whole");
                }
                if (toolCalls.hasNamelessCall()) {
                    yield new Ending(Kind.BAD_CALL, "it has no name");
                }
                yield new Ending(Kind.COMPLETE, null);
            }
            case "length" -> {
                if (badCall != null || toolCalls.hasIncompleteCall()) {
                    yield new Ending(Kind.BUDGET_EATEN, "in the midst of a tool call");
                }
                yield new Ending(nothing ? Kind.BUDGET_EATEN : Kind.COMPLETE, null);
            }
            case "content_filter" -> new Ending(Kind.REFUSED, null);
            case "insufficient_system_resource" -> new Ending(Kind.OVERLOADED, null);
            case "aborted" -> new Ending(Kind.ABORTED, null);
            default -> new Ending(Kind.UNKNOWN_FINISH, finishReason);
        };
    }
}
