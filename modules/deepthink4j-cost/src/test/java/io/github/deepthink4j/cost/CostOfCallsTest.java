package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.model.UploadedFile;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.PriceBand;
import io.github.deepthink4j.price.Priced;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prices within a model, an AI service, and before anything is sent. */
class CostOfCallsTest {

    private static final Instant PEAK = Instant.parse("2026-11-27T02:00:00Z");

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .clock(Clock.fixed(PEAK, ZoneOffset.UTC));
    }

    private PriceList simulatorsPrices() {
        return PriceList.deepSeek().toBuilder()
                .hosts("127.0.0.1:" + deepSeek.port(), "localhost:" + deepSeek.port())
                .build();
    }

    private static DeepSeekChatResponseMetadata ask(DeepSeekChatModel model) {
        return (DeepSeekChatResponseMetadata) model.chat(
                        ChatRequest.builder().messages(UserMessage.from("Hi")).build())
                .metadata();
    }

    interface StreamingAssistant {
        TokenStream chat(String message);
    }

    /** LangChain4j begins the sum of a stream's rounds with an empty usage of its own, which is no call. */
    @Test
    void should_tell_the_cost_of_a_streaming_service() throws Exception {
        deepSeek.respond(Answer.thinking("hm").thenText("Hello."));
        try (DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .pricing(simulatorsPrices())
                .build()) {
            CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
            AiServices.create(StreamingAssistant.class, model)
                    .chat("Hi")
                    .onPartialResponse(text -> {})
                    .onCompleteResponse(answer::complete)
                    .onError(answer::completeExceptionally)
                    .start();

            Cost cost = Priced.costOf(answer.get(30, TimeUnit.SECONDS).tokenUsage());

            assertThat(cost.isKnown()).isTrue();
            assertThat(cost.calls()).isEqualTo(1);
        }
    }

    static Stream<TokenUsage> nothing() {
        return Stream.of(
                new TokenUsage(),
                new TokenUsage(0, 0),
                new TokenUsage(0, 0, 0),
                DeepSeekTokenUsage.builder().build());
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void should_add_nothing_for_a_usage_of_nothing(TokenUsage nothing) {
        Cost cost = PriceList.deepSeek().cost("deepseek-flash", usage(1_000, 10), PEAK);
        DeepSeekTokenUsage priced = usage(1_000, 10).withCost(cost);

        assertThat(priced.add(nothing).cost()).isEqualTo(cost);
        assertThat(Priced.costOf(TokenUsage.sum(nothing, priced))).isEqualTo(cost);
        assertThat(priced.add(new TokenUsage(5, 1)).cost().isKnown()).isFalse();
    }

    private static DeepSeekTokenUsage usage(int input, int output) {
        return DeepSeekTokenUsage.builder()
                .inputTokenCount(input)
                .outputTokenCount(output)
                .build();
    }

    @Test
    void should_be_found_on_the_class_path_and_have_no_price_for_another_host() {
        deepSeek.respond(Answer.text("Hello."));
        try (DeepSeekChatModel model = model().build()) {
            Cost cost = ask(model).cost();

            assertThat(Pricing.found()).isNotNull();
            assertThat(cost.isKnown()).isFalse();
            assertThat(cost.toString())
                    .isEqualTo("unknown: DeepSeek's price list has no prices for "
                            + URI.create(deepSeek.baseUrl()).getAuthority());
        }
    }

    @Test
    void should_price_an_answer_by_the_hour() {
        deepSeek.respond(Answer.thinking("hm").thenText("Hello."));
        try (DeepSeekChatModel model = model().pricing(simulatorsPrices()).build()) {
            DeepSeekChatResponseMetadata metadata = ask(model);

            assertThat(metadata.cost().bands()).containsExactly(PriceBand.PEAK);
            assertThat(metadata.cost().output())
                    .isEqualByComparingTo(new BigDecimal("0.0000012")
                            .multiply(BigDecimal.valueOf(metadata.tokenUsage().outputTokenCount())));
            assertThat(metadata.cost())
                    .isEqualTo(PriceList.deepSeek().cost("deepseek-flash", metadata.tokenUsage(), PEAK));
        }
    }

    interface Assistant {
        Result<String> chat(String message);
    }

    static final class Weather {
        @Tool
        String weather(String city) {
            return "sunny in " + city;
        }
    }

    @Test
    void should_sum_the_rounds_of_an_ai_service() {
        deepSeek.respond(Answer.toolCall("weather", "{\"city\": \"Oslo\"}"), Answer.text("It is sunny."));
        try (DeepSeekChatModel model = model().pricing(simulatorsPrices()).build()) {
            Result<String> result = AiServices.builder(Assistant.class)
                    .chatModel(model)
                    .tools(new Weather())
                    .build()
                    .chat("Weather in Oslo?");

            DeepSeekTokenUsage usage = (DeepSeekTokenUsage) result.tokenUsage();
            assertThat(deepSeek.requests()).hasSize(2);
            assertThat(usage.cost().calls()).isEqualTo(2);
            assertThat(usage.cost().output())
                    .isEqualByComparingTo(
                            new BigDecimal("0.0000012").multiply(BigDecimal.valueOf(usage.outputTokenCount())));
        }
    }

    @Test
    void should_estimate_a_request_before_it_is_sent() {
        CostEstimator estimator = CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_1);
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("a question ".repeat(1_000)))
                .maxOutputTokens(1_000)
                .build();

        CostEstimate estimate = estimator.estimate("deepseek-flash", request, PEAK);

        BigDecimal input = BigDecimal.valueOf(estimate.inputTokens());
        assertThat(estimate.inputTokens()).isGreaterThan(1_000);
        assertThat(estimate.lowest().total()).isEqualByComparingTo(input.multiply(new BigDecimal("0.000000006")));
        assertThat(estimate.noneCached().total()).isEqualByComparingTo(input.multiply(new BigDecimal("0.0000003")));
        assertThat(estimate.highest().total())
                .isEqualByComparingTo(estimate.noneCached().total().add(new BigDecimal("0.0012")));
        assertThat(estimate.lowest().isEstimate()).isTrue();
    }

    /** Thoughts beside {@code max_tokens}, of which nobody knows how long they get. */
    private static ModelProfile boundless() {
        return ModelProfile.from(ModelProfile.R1)
                .whileThinking(ModeRules.from(ModelProfile.R1.whileThinking())
                        .mostThoughtTokens(null)
                        .build())
                .build();
    }

    @Test
    void should_not_bound_an_answer_that_nothing_bounds() {
        ChatRequest open =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();
        ChatRequest bounded = ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .maxOutputTokens(100)
                .build();
        Instant r1 = LocalDateTime.parse("2025-03-01T12:00").toInstant(ZoneOffset.UTC);

        assertThat(CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_1)
                        .estimate("deepseek-flash", open, PEAK)
                        .highest())
                .isNull();
        assertThat(CostEstimator.of(PriceList.deepSeek(), ModelProfile.R1)
                        .estimate("deepseek-reasoner", bounded, r1)
                        .maxOutputTokens())
                .as("max_tokens does not count R1's thought, which has a bound of its own")
                .isEqualTo(100 + 32_768);
        assertThat(CostEstimator.of(PriceList.deepSeek(), ModelProfile.R1)
                        .estimate("deepseek-reasoner", open, r1)
                        .highest())
                .isNull();
        assertThat(CostEstimator.of(PriceList.deepSeek(), boundless())
                        .estimate("deepseek-reasoner", bounded, r1)
                        .highest())
                .isNull();
    }

    private static final ImageContent IMAGE = ImageContent.from("iVBORw0KGgo=", "image/png");

    private static ChatRequest showing(Content... more) {
        List<Content> contents = new ArrayList<>(List.of(TextContent.from("What is it?")));
        contents.addAll(List.of(more));
        return ChatRequest.builder()
                .messages(UserMessage.from(contents))
                .maxOutputTokens(100)
                .build();
    }

    @Test
    void should_count_an_image_as_the_most_that_it_can_have_and_say_so() {
        CostEstimator estimator = CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_1);

        CostEstimate without = estimator.estimate("deepseek-flash", showing(), PEAK);
        CostEstimate with = estimator.estimate("deepseek-flash", showing(IMAGE, IMAGE), PEAK);

        assertThat(with.inputTokens()).isEqualTo(without.inputTokens() + 2 * 384);
        assertThat(with.highest().total())
                .isGreaterThan(without.highest().total())
                .isEqualTo(with.noneCached().add(with.longestAnswer()).total());
        assertThat(with.highest().assumptions()).anyMatch(words -> words.contains("384 tokens, the most"));
        assertThat(without.highest().assumptions()).noneMatch(words -> words.contains("image"));
    }

    /** Texts that turn out shorter than they were counted say nothing of images. */
    @Test
    void should_count_an_image_in_full_whatever_was_learnt_from_texts() {
        DeepSeekTokenCountEstimator tokens = DeepSeekTokenCountEstimator.of(ModelProfile.V4_1);
        ChatRequest text = ChatRequest.builder()
                .messages(UserMessage.from("a question ".repeat(1_000)))
                .build();
        for (int i = 0; i < 50; i++) {
            tokens.calibrate(text, tokens.estimateTokenCountInRequest(text) / 2);
        }
        CostEstimator estimator = CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_1, tokens);

        int without = estimator.estimate("deepseek-flash", showing(), PEAK).inputTokens();
        int with = estimator.estimate("deepseek-flash", showing(IMAGE), PEAK).inputTokens();

        assertThat(tokens.calibrationFactor()).isLessThan(0.9);
        assertThat(with - without).isBetween(384, 385);
    }

    @Test
    void should_not_know_what_can_not_be_counted() {
        CostEstimator flash = CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_1);
        CostEstimator pro = CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_PRO);
        Content sound = AudioContent.from("UklGRg==", "audio/wav");

        for (CostEstimate estimate : List.of(
                flash.estimate("deepseek-flash", showing(sound), PEAK),
                flash.estimate("deepseek-flash", showing(UploadedFile.asContent("file-1", false)), PEAK),
                flash.estimate("kimi-k2.5", showing(IMAGE), PEAK),
                pro.estimate("deepseek-v4-pro", showing(IMAGE), PEAK))) {
            assertThat(estimate.lowest().isKnown()).isFalse();
            assertThat(estimate.lowest().unknown()).anyMatch(words -> words.contains("how many tokens"));
            assertThat(estimate.noneCached().isKnown()).isFalse();
            assertThat(estimate.highest().isKnown()).isFalse();
        }
        assertThat(flash.estimate("deepseek-flash", showing(sound), PEAK)
                        .lowest()
                        .unknown())
                .containsExactly("how many tokens this model makes of it is not known: audio");
    }

    @Test
    void should_not_know_the_most_where_the_server_reads_on_by_itself() {
        ChatRequest searching = ChatRequest.builder()
                .messages(UserMessage.from("What is new?"))
                .parameters(DeepSeekChatRequestParameters.builder()
                        .maxOutputTokens(100)
                        .serverTools(ServerTool.WEB_SEARCH)
                        .build())
                .build();

        CostEstimate estimate =
                CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_1).estimate("deepseek-flash", searching, PEAK);

        assertThat(estimate.lowest().isKnown()).isTrue();
        assertThat(estimate.highest().isKnown()).isFalse();
        assertThat(estimate.highest().atLeast()).isPositive();
    }

    @Test
    void should_have_no_estimate_for_a_model_without_a_price() {
        CostEstimate estimate =
                CostEstimator.of(PriceList.deepSeek(), ModelProfile.V4_1).estimate("deepseek-v5", 100, 100, PEAK);

        assertThat(estimate.lowest().total()).isNull();
        assertThat(estimate.highest().total()).isNull();
    }
}
