package io.github.deepthink4j.benchmarks;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How many streams an adapter serves at a time, and how many threads it holds for them while they are silent. */
public final class OpenStreams {

    private static final int STREAMS = 500;
    /** How long a stream is silent after its first piece, and when we count. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration COUNTED_AFTER = Duration.ofSeconds(8);

    private OpenStreams() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("| Adapter | Streams asked for | Open and silent at a time | Threads of the client then |"
                + " Answered within a minute |");
        System.out.println("|---|---|---|---|---|");
        measure("deepthink4j", OpenStreams::ours);
        measure("OpenAI module", OpenStreams::theirs);
        System.exit(0);
    }

    private interface Subject {
        StreamingChatModel at(String url);
    }

    private static void measure(String name, Subject subject) throws InterruptedException {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.brain(request -> Answer.text("So far, so good").pieces(8).pause(SILENCE));
            StreamingChatModel model = subject.at(deepSeek.baseUrl());
            int before = clientThreads();
            CountDownLatch over = new CountDownLatch(STREAMS);
            AtomicInteger answered = new AtomicInteger();
            Thread caller = new Thread(() -> {
                for (int i = 0; i < STREAMS; i++) {
                    model.chat("Hi", new StreamingChatResponseHandler() {
                        @Override
                        public void onCompleteResponse(ChatResponse response) {
                            answered.incrementAndGet();
                            over.countDown();
                        }

                        @Override
                        public void onError(Throwable error) {
                            over.countDown();
                        }
                    });
                }
            });
            caller.setDaemon(true);
            caller.start();
            Thread.sleep(COUNTED_AFTER.toMillis());
            int open = deepSeek.runningAnswers();
            int threads = clientThreads() - before;
            over.await(60, TimeUnit.SECONDS);
            System.out.println(
                    "| " + name + " | " + STREAMS + " | " + open + " | " + threads + " | " + answered + " |");
        }
    }

    /** All but the simulator's, which has one for each connection, and the caller's. */
    private static int clientThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("deepseek-simulator"))
                .count();
    }

    private static StreamingChatModel ours(String url) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey("sk-benchmark")
                .modelName("deepseek-flash")
                .build();
    }

    private static StreamingChatModel theirs(String url) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey("sk-benchmark")
                .modelName("deepseek-flash")
                .timeout(Duration.ofMinutes(1))
                .build();
    }
}
