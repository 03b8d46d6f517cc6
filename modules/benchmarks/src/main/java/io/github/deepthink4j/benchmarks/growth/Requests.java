package io.github.deepthink4j.benchmarks.growth;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.deepthink4j.benchmarks.RecordedHttp;
import io.github.deepthink4j.model.DeepSeekChatModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Requests of more and more messages or tools, up to their bytes, beside LangChain4j's OpenAI module. */
final class Requests {

    private static final int[] MESSAGES = {10, 100, 1000, 10_000};
    private static final int[] TOOLS = {1, 8, 32, 128};

    /** The same few words for every request: what is left to measure is the request. */
    private static final RecordedHttp HTTP = new RecordedHttp("application/json", """
            {"id":"1","object":"chat.completion","created":1741150411,"model":"deepseek-v4-flash","choices":[{"index":0,\
            "message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}""".getBytes(StandardCharsets.UTF_8));

    private Requests() {}

    static List<GrowthTable> tables() {
        ChatModel ours = DeepSeekChatModel.builder()
                .baseUrl("http://127.0.0.1:1")
                .apiKey("sk-benchmark")
                .modelName("deepseek-v4-flash")
                .httpClientBuilder(HTTP)
                .build();
        ChatModel theirs = OpenAiChatModel.builder()
                .baseUrl("http://127.0.0.1:1")
                .apiKey("sk-benchmark")
                .modelName("deepseek-v4-flash")
                .sendThinking(true)
                .httpClientBuilder(HTTP)
                .build();
        List<GrowthTable> tables = new ArrayList<>();
        tables.add(history("deepthink4j", ours));
        tables.add(history("openai-module", theirs));
        tables.add(tools("deepthink4j", ours));
        tables.add(tools("openai-module", theirs));
        return tables;
    }

    private static GrowthTable history(String library, ChatModel model) {
        return new GrowthTable("request with a history, " + library, "messages", MESSAGES, size -> {
            List<ChatMessage> messages = new ArrayList<>(Turns.messages(size));
            messages.add(UserMessage.from("And now?"));
            ChatRequest request = ChatRequest.builder().messages(messages).build();
            return () -> model.chat(request);
        });
    }

    private static GrowthTable tools(String library, ChatModel model) {
        return new GrowthTable("request with tools, " + library, "tools", TOOLS, size -> {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("Where is my order?"))
                    .toolSpecifications(
                            IntStream.range(0, size).mapToObj(Requests::tool).toList())
                    .build();
            return () -> model.chat(request);
        });
    }

    private static ToolSpecification tool(int i) {
        return ToolSpecification.builder()
                .name("find" + i)
                .description("Finds things of the kind " + i)
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("name", "What it is called")
                        .addIntegerProperty("most", "How many at most")
                        .required("name")
                        .build())
                .build();
    }
}
