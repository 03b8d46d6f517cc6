package io.github.deepthink4j.testkit.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import io.github.deepthink4j.testkit.script.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON of one answer, in the shapes of the recordings, null by null (docs/protocol.md, sections 2.5 and 2.6). */
public class AnswerJson {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String id = UUID.randomUUID().toString();
    private final long created = System.currentTimeMillis() / 1000;
    private final String model;
    private final boolean thinking;
    private final boolean includeUsage;
    private final @Nullable TokenLogprobs logprobs;

    AnswerJson(String model, boolean thinking, boolean includeUsage, @Nullable TokenLogprobs logprobs) {
        this.model = model;
        this.thinking = thinking;
        this.includeUsage = includeUsage;
        this.logprobs = logprobs;
    }

    /** For an answer to a request. */
    public static AnswerJson answering(String servedAs, RequestFacts facts) {
        boolean includeUsage =
                facts.body().path("stream_options").path("include_usage").asBoolean(false);
        if (facts.fim()) {
            return new CompletionJson(servedAs, includeUsage, facts.body());
        }
        return new AnswerJson(
                servedAs,
                facts.thinking(),
                includeUsage,
                facts.body().path("logprobs").asBoolean(false) ? TokenLogprobs.of(facts.body()) : null);
    }

    /** The id of a call of this answer. */
    public String callId(int index) {
        String random = UUID.nameUUIDFromBytes((id + index).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return "call_%02d_%s".formatted(index, random.substring(0, 24));
    }

    /** Thought, text and tool calls, without the first chunk and the last. */
    public List<ObjectNode> chunks(PlannedAnswer plan) {
        List<ObjectNode> chunks = new ArrayList<>(thinkingChunks(plan));
        chunks.addAll(fieldChunks(plan));
        chunks.addAll(textChunks(plan));
        chunks.addAll(callChunks(plan));
        return chunks;
    }

    public List<ObjectNode> thinkingChunks(PlannedAnswer plan) {
        return plan.thinking().stream().map(this::thinkingChunk).toList();
    }

    public List<ObjectNode> textChunks(PlannedAnswer plan) {
        return plan.text().stream().map(this::textChunk).toList();
    }

    /** The further fields of the message: between the thought and the text, where a search would have happened. */
    private List<ObjectNode> fieldChunks(PlannedAnswer plan) {
        List<ObjectNode> chunks = new ArrayList<>();
        plan.fields().forEach((name, value) -> {
            for (JsonNode piece : plan.piecedFields() ? FieldPieces.of(value) : List.of(value)) {
                ObjectNode delta = JSON.objectNode();
                delta.set(name, piece);
                chunks.add(chunk(delta, null, null, null));
            }
        });
        return chunks;
    }

    public List<ObjectNode> callChunks(PlannedAnswer plan) {
        List<ObjectNode> chunks = new ArrayList<>();
        for (int i = 0; i < plan.calls().size(); i++) {
            chunks.add(callChunk(i, plan.calls().get(i)));
            for (String piece : plan.arguments(plan.calls().get(i))) {
                chunks.add(argumentsChunk(i, piece));
            }
        }
        return chunks;
    }

    public ObjectNode firstChunk() {
        ObjectNode delta = JSON.objectNode();
        delta.put("role", "assistant");
        if (thinking) {
            delta.putNull("content");
            delta.put("reasoning_content", "");
        } else {
            delta.put("content", "");
        }
        return chunk(delta, null, null, null);
    }

    private ObjectNode thinkingChunk(String piece) {
        ObjectNode delta = JSON.objectNode();
        delta.putNull("content");
        delta.put("reasoning_content", piece);
        return chunk(delta, null, null, tokenLogprobs("reasoning_content", piece));
    }

    public ObjectNode textChunk(String piece) {
        ObjectNode delta = JSON.objectNode();
        delta.put("content", piece);
        if (thinking) {
            delta.putNull("reasoning_content");
        }
        return chunk(delta, null, null, tokenLogprobs("content", piece));
    }

    private ObjectNode callChunk(int index, Answer.Call call) {
        ObjectNode delta = JSON.objectNode();
        ObjectNode entry = delta.putArray("tool_calls").addObject();
        entry.put("index", index);
        entry.put("id", callId(index));
        entry.put("type", "function");
        entry.putObject("function").put("name", call.name()).put("arguments", "");
        return chunk(delta, null, null, null);
    }

    private ObjectNode argumentsChunk(int index, String piece) {
        ObjectNode delta = JSON.objectNode();
        ObjectNode entry = delta.putArray("tool_calls").addObject();
        entry.put("index", index);
        entry.putObject("function").put("arguments", piece);
        return chunk(delta, null, null, null);
    }

    public ObjectNode lastChunk(PlannedAnswer plan) {
        ObjectNode delta = JSON.objectNode();
        delta.put("content", "");
        if (thinking) {
            delta.putNull("reasoning_content");
        }
        return chunk(delta, plan.finish(), plan.usage(), null);
    }

    private ObjectNode chunk(
            ObjectNode delta,
            @Nullable String finishReason,
            PlannedAnswer.@Nullable Usage usage,
            @Nullable ObjectNode probabilities) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.put("system_fingerprint", "fp_simulator");
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.set("logprobs", probabilities);
        choice.put("finish_reason", finishReason);
        addUsage(chunk, usage);
        return chunk;
    }

    final ObjectNode head(String object) {
        ObjectNode head = JSON.objectNode();
        head.put("id", id);
        head.put("object", object);
        head.put("created", created);
        head.put("model", model);
        return head;
    }

    final void addUsage(ObjectNode chunk, PlannedAnswer.@Nullable Usage usage) {
        if (usage != null) {
            chunk.set("usage", usage(usage));
        } else if (includeUsage) {
            chunk.putNull("usage");
        }
    }

    /** The answer to a request that wants it whole. */
    public ObjectNode whole(PlannedAnswer plan) {
        ObjectNode answer = head("chat.completion");
        ObjectNode choice = answer.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        message.put("content", plan.wholeText());
        if (thinking) {
            message.put("reasoning_content", plan.wholeThinking());
        }
        plan.fields().forEach(message::set);
        List<Answer.Call> calls = plan.calls();
        if (!calls.isEmpty()) {
            ArrayNode list = message.putArray("tool_calls");
            for (int i = 0; i < calls.size(); i++) {
                ObjectNode entry = list.addObject();
                entry.put("index", i);
                entry.put("id", callId(i));
                entry.put("type", "function");
                entry.putObject("function")
                        .put("name", calls.get(i).name())
                        .put("arguments", calls.get(i).argumentsJson());
            }
        }
        choice.set("logprobs", wholeLogprobs(plan));
        choice.put("finish_reason", plan.finish());
        answer.set("usage", usage(plan.usage()));
        answer.put("system_fingerprint", "fp_simulator");
        return answer;
    }

    final ObjectNode usage(PlannedAnswer.Usage used) {
        ObjectNode usage = JSON.objectNode();
        usage.put("prompt_tokens", used.prompt());
        usage.put("completion_tokens", used.completion());
        usage.put("total_tokens", used.prompt() + used.completion());
        usage.putObject("prompt_tokens_details").put("cached_tokens", used.cached());
        if (thinking) {
            usage.putObject("completion_tokens_details").put("reasoning_tokens", used.reasoning());
        }
        usage.put("prompt_cache_hit_tokens", used.cached());
        usage.put("prompt_cache_miss_tokens", used.prompt() - used.cached());
        return usage;
    }

    private @Nullable ObjectNode wholeLogprobs(PlannedAnswer plan) {
        if (logprobs == null) {
            return null;
        }
        ObjectNode lists = JSON.objectNode();
        lists.set("content", logprobs.of(plan.wholeText()));
        if (thinking) {
            lists.set("reasoning_content", logprobs.of(plan.wholeThinking()));
        }
        return lists;
    }

    private @Nullable ObjectNode tokenLogprobs(String list, String piece) {
        if (logprobs == null) {
            return null;
        }
        ObjectNode lists = JSON.objectNode();
        lists.set(list, logprobs.of(piece));
        return lists;
    }
}
