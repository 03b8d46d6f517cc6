package io.github.deepthink4j.conversation;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.OtherReasoners;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ThinkingMode;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An AI service as a user would write it, blocking or streaming, with or without tools. */
public final class Talk {

    public interface Blocking {
        String chat(String message);
    }

    interface Streaming {
        TokenStream chat(String message);
    }

    static final class Weather {

        @Tool("The weather in a city")
        String getWeather(@P("city") String city) {
            return "sunny in " + city;
        }
    }

    private Talk() {}

    public static Blocking blocking(ChatModel model, ChatMemory memory, boolean tools) {
        AiServices<Blocking> service =
                AiServices.builder(Blocking.class).chatModel(model).chatMemory(memory);
        return (tools ? service.tools(new Weather()) : service).build();
    }

    /** Streams, and waits for the end. */
    public static Blocking streaming(StreamingChatModel model, ChatMemory memory, boolean tools) {
        AiServices<Streaming> service =
                AiServices.builder(Streaming.class).streamingChatModel(model).chatMemory(memory);
        Streaming streaming = (tools ? service.tools(new Weather()) : service).build();
        return message -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            streaming
                    .chat(message)
                    .onPartialResponse(piece -> {})
                    .onCompleteResponse(
                            response -> answer.complete(response.aiMessage().text()))
                    .onError(answer::completeExceptionally)
                    .start();
            return answer.orTimeout(30, TimeUnit.SECONDS).join();
        };
    }

    public static DeepSeekChatModel model(Party party, String baseUrl) {
        return DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName(party.modelName())
                .profile(party.profile())
                .thinking(party.thinking())
                .build();
    }

    public static DeepSeekStreamingChatModel streamingModel(Party party, String baseUrl) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName(party.modelName())
                .profile(party.profile())
                .thinking(party.thinking())
                .build();
    }

    /** A generation, a model id of it, the profile for it, and whether it is to think. */
    public enum Party {
        CHAT_V3(Generation.CHAT_V3, "deepseek-chat", ModelProfile.CHAT, ThinkingMode.MODEL_DEFAULT),
        R1(Generation.R1, "deepseek-reasoner", ModelProfile.R1, ThinkingMode.MODEL_DEFAULT),
        R1_CHAT(Generation.R1, "deepseek-chat", ModelProfile.CHAT, ThinkingMode.MODEL_DEFAULT),
        R1_0528(Generation.R1_0528, "deepseek-reasoner", ModelProfile.R1_0528, ThinkingMode.MODEL_DEFAULT),
        V3_1(Generation.V3_1, "deepseek-reasoner", ModelProfile.V3_1, ThinkingMode.MODEL_DEFAULT),
        V3_2(Generation.V3_2, "deepseek-reasoner", ModelProfile.V3_2, ThinkingMode.MODEL_DEFAULT),
        V3_2_CHAT(Generation.V3_2, "deepseek-chat", ModelProfile.V3_2_CHAT, ThinkingMode.ON),
        V3_2_CHAT_OFF(Generation.V3_2, "deepseek-chat", ModelProfile.V3_2_CHAT, ThinkingMode.OFF),
        V4(Generation.V4, "deepseek-v4-flash", ModelProfile.V4_PREVIEW, ThinkingMode.ON),
        V4_OFF(Generation.V4, "deepseek-v4-flash", ModelProfile.V4_PREVIEW, ThinkingMode.OFF),
        V4_NEWER_RULES(Generation.V4, "deepseek-v4-flash", ModelProfile.V4_FLASH, ThinkingMode.ON),
        V4_0731(Generation.V4_0731, "deepseek-v4-flash", ModelProfile.V4_FLASH, ThinkingMode.ON),
        V4_0731_OFF(Generation.V4_0731, "deepseek-v4-flash", ModelProfile.V4_FLASH, ThinkingMode.OFF),
        V4_PRO(Generation.V4_0731, "deepseek-v4-pro", ModelProfile.V4_PRO, ThinkingMode.ON),
        V4_1(Generation.V4_1, "deepseek-flash", ModelProfile.V4_1, ThinkingMode.MODEL_DEFAULT),
        V4_1_OFF(Generation.V4_1, "deepseek-flash", ModelProfile.V4_1, ThinkingMode.OFF),
        OLD_NAME_ON_V4_1(Generation.V4_1, "deepseek-reasoner", ModelProfile.R1, ThinkingMode.MODEL_DEFAULT),
        // Other makers' reasoners, at a server of the generation that wants as much reasoning back as they do.
        QWEN3(Generation.V3_2, "deepseek-reasoner", OtherReasoners.QWEN3, ThinkingMode.MODEL_DEFAULT),
        QWEN3_THINKING(Generation.V3_2, "deepseek-reasoner", OtherReasoners.QWEN3_THINKING, ThinkingMode.MODEL_DEFAULT),
        KIMI_K2_THINKING(
                Generation.V4, "deepseek-v4-flash", OtherReasoners.KIMI_K2_THINKING, ThinkingMode.MODEL_DEFAULT),
        KIMI_K2_5_OFF(
                Generation.V4,
                "deepseek-v4-flash",
                OtherReasoners.KIMI_K2_5.on(ReasoningDialect.MOONSHOT),
                ThinkingMode.OFF),
        GLM_4_6(Generation.V3_2, "deepseek-chat", OtherReasoners.GLM_4_6.on(ReasoningDialect.ZHIPU), ThinkingMode.ON),
        MINIMAX_M2(Generation.V4_0731, "deepseek-v4-flash", OtherReasoners.MINIMAX_M2, ThinkingMode.MODEL_DEFAULT),
        GPT_OSS(Generation.V3_2, "deepseek-reasoner", OtherReasoners.GPT_OSS, ThinkingMode.MODEL_DEFAULT);

        private final Generation generation;
        private final String modelName;
        private final ModelProfile profile;
        private final ThinkingMode thinking;

        Party(Generation generation, String modelName, ModelProfile profile, ThinkingMode thinking) {
            this.generation = generation;
            this.modelName = modelName;
            this.profile = profile;
            this.thinking = thinking;
        }

        public Generation generation() {
            return generation;
        }

        public String modelName() {
            return modelName;
        }

        public ModelProfile profile() {
            return profile;
        }

        public ThinkingMode thinking() {
            return thinking;
        }

        public boolean thinks() {
            return profile.thinks(thinking);
        }

        public boolean hasTools() {
            return profile.rules(thinks()).features().contains(Feature.TOOLS);
        }
    }
}
