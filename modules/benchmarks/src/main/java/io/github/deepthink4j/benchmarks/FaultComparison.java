package io.github.deepthink4j.benchmarks;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.stream.DecoderLimits;
import io.github.deepthink4j.testkit.Answer;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.Fault;
import io.github.deepthink4j.testkit.Generation;
import io.github.deepthink4j.transport.RetryPolicy;
import io.github.deepthink4j.transport.Timeouts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a user sees of each fault, with this project and with LangChain4j's OpenAI module pointed at the same server: one
 * table, printed as Markdown. Both get the same limits, as far as they have them: half a second of silence, two seconds in
 * all; no retries.
 */
public final class FaultComparison {

    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final Duration TOTAL = Duration.ofSeconds(2);
    private static final String KEY = "sk-benchmark";
    private static final String MODEL = "deepseek-flash";

    private FaultComparison() {}

    public static void main(String[] args) {
        System.out.println("| Fault | deepthink4j, blocking | OpenAI module, blocking | deepthink4j, streaming |"
                + " OpenAI module, streaming |");
        System.out.println("|---|---|---|---|---|");
        rows().forEach((name, answer) -> System.out.println("| " + name
                + " | " + with(answer, url -> Outcome.ofBlocking(ours(url)))
                + " | " + with(answer, url -> Outcome.ofBlocking(theirs(url)))
                + " | " + with(answer, url -> Outcome.ofStreaming(oursStreaming(url)))
                + " | " + with(answer, url -> Outcome.ofStreaming(theirsStreaming(url)))
                + " |"));
        // Whoever hangs must not hold up the end.
        System.exit(0);
    }

    private static Map<String, Answer> rows() {
        Answer answer = Answer.thinking("A thought of some length, in several pieces.")
                .thenText("An answer of some length, in several pieces.");
        Map<String, Answer> rows = new LinkedHashMap<>();
        rows.put("none", answer);
        for (Fault fault : Fault.values()) {
            if (fault != Fault.CUT_IN_TOOL_CALL && fault != Fault.HUGE_LINE && fault != Fault.ENDLESS_ANSWER) {
                rows.put(fault.name().toLowerCase(Locale.ROOT).replace('_', ' '), answer.fault(fault));
            }
        }
        for (String reason : new String[] {"content_filter", "insufficient_system_resource", "aborted"}) {
            rows.put("finish reason " + reason, answer.finishReason(reason));
        }
        for (int status : new int[] {400, 401, 402, 404, 422, 429, 500, 503}) {
            rows.put("HTTP " + status, Answer.error(status, "for a test"));
        }
        return rows;
    }

    private interface Trial {
        String at(String baseUrl);
    }

    /** Each trial has a server of its own, so that what hangs disturbs nobody. */
    private static String with(Answer answer, Trial trial) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.brain(request -> answer);
            return trial.at(deepSeek.baseUrl());
        }
    }

    private static Timeouts timeouts() {
        return Timeouts.custom().firstByte(SILENCE).idle(SILENCE).total(TOTAL).build();
    }

    private static ChatModel ours(String url) {
        return DeepSeekChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(MODEL)
                .timeouts(timeouts())
                .retryPolicy(RetryPolicy.NONE)
                .limits(new DecoderLimits(1 << 20, 4 << 20))
                .build();
    }

    private static StreamingChatModel oursStreaming(String url) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(MODEL)
                .timeouts(timeouts())
                .retryPolicy(RetryPolicy.NONE)
                .limits(new DecoderLimits(1 << 20, 4 << 20))
                .build();
    }

    private static ChatModel theirs(String url) {
        return OpenAiChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(MODEL)
                .returnThinking(true)
                .timeout(SILENCE)
                .maxRetries(0)
                .build();
    }

    private static StreamingChatModel theirsStreaming(String url) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey(KEY)
                .modelName(MODEL)
                .returnThinking(true)
                .timeout(SILENCE)
                .build();
    }
}
