package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All pieces of an answer put together, and how it ended.
 *
 * @param created        seconds since 1970
 * @param thinking       {@code null} if there was none
 * @param reasoningField the field the reasoning was read from; also where it was empty, since some models want the key back
 * @param text           {@code null} if there was none
 * @param half           the first half of a character within which it was cut; {@code null} if it was cut elsewhere, or not at all
 * @param unfinishedCall whether pieces have come of a call that is not among those
 * @param usageIsWhole   whether the usage, if there is one, is that of the whole answer: some hosts say with each chunk what it is by then
 * @param finishReason   as the server named it
 * @param logprobs       as they came
 * @param unknownFields  what the decoder does not know, by name; those of the message begin with {@code message.}
 */
public record AssembledAnswer(
        @Nullable String id,
        @Nullable Long created,
        @Nullable String model,
        @Nullable String systemFingerprint,
        @Nullable String thinking,
        @Nullable String reasoningField,
        @Nullable String text,
        @Nullable String half,
        List<ToolExecutionRequest> toolCalls,
        boolean unfinishedCall,
        @Nullable UsageFigures usage,
        boolean usageIsWhole,
        @Nullable String finishReason,
        @Nullable JsonNode logprobs,
        Map<String, JsonNode> unknownFields,
        Ending ending) {

    /** The fields of the message that are not known, by their names in it, in the order of these. */
    public SortedMap<String, JsonNode> messageFields() {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        unknownFields.forEach((name, value) -> {
            if (name.startsWith(Assembler.OF_MESSAGE)) {
                fields.put(name.substring(Assembler.OF_MESSAGE.length()), value);
            }
        });
        return fields;
    }

    public AssembledAnswer {
        toolCalls = List.copyOf(toolCalls);
        unknownFields = Map.copyOf(unknownFields);
    }
}
