package io.github.deepthink4j.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole stream, from the request to the complete response: a thousand pieces of thought and a thousand of answer, in the
 * shape in which V4.1 sends them. Both adapters get the same bytes from memory over LangChain4j's HTTP SPI.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StreamBenchmark {

    private static final int PIECES = 1000;

    /** Which adapter. */
    @Param({"deepthink4j", "openai-module"})
    public String adapter;

    private StreamingChatModel model;

    private final ChatRequest request =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    @Setup
    public void build() {
        RecordedHttp http = new RecordedHttp("text/event-stream", stream());
        model = switch (adapter) {
            case "deepthink4j" ->
                DeepSeekStreamingChatModel.builder()
                        .baseUrl("http://127.0.0.1:1")
                        .modelName("deepseek-flash")
                        .httpClientBuilder(http)
                        .build();
            case "openai-module" ->
                OpenAiStreamingChatModel.builder()
                        .baseUrl("http://127.0.0.1:1")
                        .modelName("deepseek-flash")
                        .returnThinking(true)
                        .httpClientBuilder(http)
                        .build();
            default -> throw new IllegalArgumentException("no adapter is called " + adapter);
        };
    }

    /** One stream of 2,000 pieces. */
    @Benchmark
    public ChatResponse stream2000Pieces() {
        Count count = new Count();
        model.chat(request, count);
        ChatResponse response = count.response.join();
        if (count.pieces != 2 * PIECES) {
            throw new IllegalStateException(count.pieces + " pieces have come");
        }
        return response;
    }

    private static final class Count implements StreamingChatResponseHandler {

        private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
        private int pieces;

        @Override
        public void onPartialThinking(PartialThinking thinking) {
            pieces++;
        }

        @Override
        public void onPartialResponse(String text) {
            pieces++;
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            response.complete(complete);
        }

        @Override
        public void onError(Throwable error) {
            response.completeExceptionally(error);
        }
    }

    private static byte[] stream() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < PIECES; i++) {
            event(stream, "\"content\":null,\"reasoning_content\":\" thought" + i + "\"", "null", "null");
        }
        for (int i = 0; i < PIECES; i++) {
            event(stream, "\"content\":\" word" + i + "\",\"reasoning_content\":null", "null", "null");
        }
        event(stream, "\"content\":\"\",\"reasoning_content\":null", "\"stop\"", """
                {"prompt_tokens":5,"completion_tokens":2000,"total_tokens":2005,\
                "completion_tokens_details":{"reasoning_tokens":1000},\
                "prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":5}""");
        return stream.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void event(StringBuilder stream, String delta, String finishReason, String usage) {
        stream.append("data: {\"id\":\"8f5b\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,")
                .append("\"model\":\"deepseek-flash\",\"system_fingerprint\":\"fp_1\",\"choices\":[{\"index\":0,")
                .append("\"delta\":{")
                .append(delta)
                .append("},\"logprobs\":null,\"finish_reason\":")
                .append(finishReason)
                .append("}],\"usage\":")
                .append(usage)
                .append("}\n\n");
    }
}
