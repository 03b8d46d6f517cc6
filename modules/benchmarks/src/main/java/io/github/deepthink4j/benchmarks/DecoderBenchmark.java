package io.github.deepthink4j.benchmarks;

import io.github.deepthink4j.internal.answer.AnswerDecoder;
import io.github.deepthink4j.internal.answer.AnswerListener;
import io.github.deepthink4j.internal.answer.AssembledAnswer;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

/** An answer of a thousand chunks, from bytes to the whole answer, as they come off a connection 16 KB at a time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecoderBenchmark {

    private static final int CHUNKS = 1000;
    private static final int READ = 16 * 1024;

    /** What the pieces are like. */
    @Param({" word", "推理", "\\\"a\\\"\\n", "\\u63a8\\u7406"})
    public String piece;

    private byte[] stream;

    @Setup
    public void write() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < CHUNKS; i++) {
            all.append(event("{\"content\":\"" + piece + "\",\"reasoning_content\":null}", "null"));
        }
        all.append(event("{\"content\":\"\"}", "\"stop\"")).append("data: [DONE]\n\n");
        stream = all.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public AssembledAnswer decode1000Chunks() {
        AnswerDecoder decoder =
                new AnswerDecoder(ReasoningDialect.DEEPSEEK, DecoderLimits.DEFAULT, new AnswerListener() {});
        for (int at = 0; at < stream.length; at += READ) {
            decoder.decode(ByteBuffer.wrap(stream, at, Math.min(READ, stream.length - at)));
        }
        return decoder.end();
    }

    private static String event(String delta, String finishReason) {
        return "data: {\"id\":\"930c60df-bf64-41c9-a88e-3ec75f81e00e\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1741150411,\"model\":\"deepseek-v4-flash\","
                + "\"system_fingerprint\":\"fp_8802369eaa_prod0425fp8\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}\n\n";
    }
}
