package io.github.deepthink4j.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.internal.answer.Recordings;
import io.github.deepthink4j.profile.ModelProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How far estimates are off the counts of recorded answers; skipped where the recordings are missing. */
class RecordedTokensTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PROMPT_TOKENS = Pattern.compile("\"prompt_tokens\":(\\d+)");

    private record Recorded(String name, ChatRequest request, int promptTokens) {}

    @Test
    void should_be_close_to_recorded_prompts() throws IOException {
        DeepSeekTokenCountEstimator fresh = DeepSeekTokenCountEstimator.of(ModelProfile.V3_2_CHAT);
        DeepSeekTokenCountEstimator learning = DeepSeekTokenCountEstimator.of(ModelProfile.V3_2_CHAT);
        List<Recorded> all = requests(Recordings.folder("v3.2-node-llm"));
        int estimated = 0;
        int counted = 0;

        System.out.println("| Recorded request | prompt_tokens | estimated | error | calibrated | error |");
        System.out.println("|---|---|---|---|---|---|");
        for (Recorded one : all) {
            int estimate = fresh.estimateTokenCountInRequest(one.request);
            int calibrated = learning.estimateTokenCountInRequest(one.request);
            learning.calibrate(one.request, one.promptTokens);
            estimated += estimate;
            counted += one.promptTokens;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %s | %d | %s |%n",
                    one.name,
                    one.promptTokens,
                    estimate,
                    error(estimate, one.promptTokens),
                    calibrated,
                    error(calibrated, one.promptTokens));

            assertThat(estimate).isBetween(one.promptTokens - 5, one.promptTokens + one.promptTokens / 10 + 5);
        }
        System.out.println("All together: " + error(estimated, counted));
        assertThat(all).hasSizeGreaterThanOrEqualTo(4);
    }

    /** What the model wrote is what comes back in the next request. */
    @Test
    void should_be_close_to_recorded_reasoning_and_answers() throws IOException {
        DeepSeekTokenCountEstimator estimator = DeepSeekTokenCountEstimator.of(ModelProfile.V3_2);
        int estimated = 0;
        int counted = 0;

        System.out.println("| Recorded answer | completion_tokens | estimated | error |");
        System.out.println("|---|---|---|---|");
        for (Path file : files(Recordings.folder("v3.2-vercel"))) {
            JsonNode answer = JSON.readTree(file.toFile());
            JsonNode message = answer.path("choices").path(0).path("message");
            int completion = answer.path("usage").path("completion_tokens").asInt();
            AiMessage ai = AiMessage.builder()
                    .text(message.path("content").asText(""))
                    .thinking(message.path("reasoning_content").asText(""))
                    .toolExecutionRequests(calls(message))
                    .build();
            int estimate = estimator.estimateTokenCountInMessage(ai)
                    // Reasoning without a tool call is not sent again, and does not count.
                    + (ai.hasToolExecutionRequests() ? 0 : estimator.estimateTokenCountInText(ai.thinking()));
            estimated += estimate;
            counted += completion;
            System.out.printf(
                    "| %s | %d | %d | %s |%n", file.getFileName(), completion, estimate, error(estimate, completion));

            assertThat(estimate).isBetween(completion * 3 / 4, completion * 3 / 2);
        }
        System.out.println("All together: " + error(estimated, counted));
    }

    private static String error(int estimate, int count) {
        return String.format(Locale.ROOT, "%+.0f %%", 100.0 * (estimate - count) / count);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Recorded> requests(Path folder) throws IOException {
        List<Recorded> all = new ArrayList<>();
        for (Path file : files(folder)) {
            for (JsonNode exchange : JSON.readTree(file.toFile())) {
                Matcher tokens = PROMPT_TOKENS.matcher(exchange.path("response").asText());
                JsonNode request = exchange.path("request");
                if (tokens.find() && request.has("messages")) {
                    String name = file.getFileName().toString().replace(".json", "");
                    all.add(new Recorded(name, request(request), Integer.parseInt(tokens.group(1))));
                }
            }
        }
        return all;
    }

    private static ChatRequest request(JsonNode request) throws IOException {
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            String text = message.path("content").asText("");
            messages.add(
                    switch (message.path("role").asText()) {
                        case "user" -> UserMessage.from(text);
                        case "tool" ->
                            ToolExecutionResultMessage.from(
                                    message.path("tool_call_id").asText(), "tool", text);
                        default ->
                            AiMessage.builder()
                                    .text(text)
                                    .toolExecutionRequests(calls(message))
                                    .build();
                    });
        }
        List<ToolSpecification> tools = new ArrayList<>();
        for (JsonNode tool : request.path("tools")) {
            JsonNode function = tool.path("function");
            JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
            function.path("parameters")
                    .path("properties")
                    .properties()
                    .forEach(property -> schema.addStringProperty(
                            property.getKey(),
                            property.getValue().path("description").asText()));
            tools.add(ToolSpecification.builder()
                    .name(function.path("name").asText())
                    .description(function.path("description").asText())
                    .parameters(schema.required("location").build())
                    .build());
        }
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(tools)
                .build();
    }

    private static List<ToolExecutionRequest> calls(JsonNode message) {
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            calls.add(ToolExecutionRequest.builder()
                    .id(call.path("id").asText())
                    .name(call.path("function").path("name").asText())
                    .arguments(call.path("function").path("arguments").asText())
                    .build());
        }
        return calls;
    }
}
