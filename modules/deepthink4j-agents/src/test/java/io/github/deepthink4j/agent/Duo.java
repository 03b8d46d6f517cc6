package io.github.deepthink4j.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;

/** R1 as the reasoner and V3.2's chat as the tool caller, each on a server of its own. */
public final class Duo implements AutoCloseable {

    public static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("getWeather")
            .description("The weather in a city")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("city")
                    .required("city")
                    .build())
            .build();

    public final DeepSeekSimulator r1 = DeepSeekSimulator.as(Generation.R1);
    public final DeepSeekSimulator chat = DeepSeekSimulator.as(Generation.V3_2);

    public static <B extends DeepSeekModelBuilder<B>> B at(DeepSeekSimulator simulator, String modelName, B builder) {
        return builder.baseUrl(simulator.baseUrl())
                .apiKey("test")
                .modelName(modelName)
                .retryPolicy(RetryPolicy.NONE);
    }

    public DeepSeekChatModel.Builder reasoner() {
        return at(r1, "deepseek-reasoner", DeepSeekChatModel.builder());
    }

    public DeepSeekChatModel.Builder toolCaller() {
        return at(chat, "deepseek-chat", DeepSeekChatModel.builder());
    }

    public ToolRoutingChatModel.Builder blocking() {
        return ToolRoutingChatModel.builder()
                .reasoner(reasoner().build())
                .toolCaller(toolCaller().build());
    }

    public ToolRoutingStreamingChatModel.Builder streaming() {
        return ToolRoutingStreamingChatModel.builder()
                .reasoner(at(r1, "deepseek-reasoner", DeepSeekStreamingChatModel.builder())
                        .build())
                .toolCaller(at(chat, "deepseek-chat", DeepSeekStreamingChatModel.builder())
                        .build());
    }

    public static ChatRequest request(ChatMessage... messages) {
        return ChatRequest.builder().messages(messages).build();
    }

    public static ChatRequest requestWithTool(ChatMessage... messages) {
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(WEATHER)
                .build();
    }

    public static ToolExecutionRequest weatherCall(String id) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name("getWeather")
                .arguments("{\"city\":\"Munich\"}")
                .build();
    }

    @Override
    public void close() {
        r1.close();
        chat.close();
    }
}
