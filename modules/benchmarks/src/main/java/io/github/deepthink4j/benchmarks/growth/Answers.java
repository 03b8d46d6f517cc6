package io.github.deepthink4j.benchmarks.growth;

import io.github.deepthink4j.internal.answer.AnswerDecoder;
import io.github.deepthink4j.internal.answer.AnswerListener;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;

/** Streamed answers of more and more chunks, from bytes to the whole answer, by the decoder alone. */
final class Answers {

    private static final DecoderLimits LIMITS =
            DecoderLimits.custom().maxAnswerBytes(Long.MAX_VALUE / 2).build();
    private static final String BAR = "\uff5cDSML\uff5c";

    private static final int[] CHUNKS = {1, 10, 100, 1000, 10_000, 100_000, 400_000};
    private static final int[] FEWER = {1, 10, 100, 1000, 4000, 16_000};

    private Answers() {}

    static List<GrowthTable> tables() {
        return List.of(
                table("answer, half of it thought", ReasoningDialect.DEEPSEEK, "", Answers::fields, "", CHUNKS),
                table(
                        "answer in a dialect with tags",
                        ReasoningDialect.OTHER_HOST,
                        text("<think>"),
                        i -> text(" word"),
                        text("</think>So."),
                        CHUNKS),
                table(
                        "answer of braces and angle brackets, tags and markup read",
                        ReasoningDialect.OTHER_HOST,
                        "",
                        i -> text(i % 2 == 0 ? " <a" : " {b"),
                        "",
                        CHUNKS),
                table(
                        "tool call told as markup, its argument in pieces",
                        ReasoningDialect.OTHER_HOST,
                        text("<" + BAR + "tool_calls><" + BAR + "invoke name=\\\"write\\\"><" + BAR
                                + "parameter name=\\\"text\\\">"),
                        i -> text(" word"),
                        text("</" + BAR + "parameter></" + BAR + "invoke></" + BAR + "tool_calls>"),
                        FEWER),
                table(
                        "tool call told as markup that is never closed",
                        ReasoningDialect.OTHER_HOST,
                        text("<" + BAR + "tool_calls><" + BAR + "invoke name=\\\"write\\\"><" + BAR
                                + "parameter name=\\\"text\\\">"),
                        i -> text(" word"),
                        "",
                        FEWER),
                table(
                        "tool call told as markup that has lost its DSML",
                        ReasoningDialect.OTHER_HOST,
                        text(
                                "<tool_calls><invoke name=\\\"write\\\"><parameter name=\\\"text\\\" string=\\\"true\\\">"),
                        i -> text(" word"),
                        text("</parameter></invoke></tool_calls>"),
                        FEWER),
                table("tool calls in one answer", ReasoningDialect.DEEPSEEK, "", Answers::toolCall, "", FEWER),
                table(
                        "one tool call, its arguments in pieces",
                        ReasoningDialect.DEEPSEEK,
                        toolPiece(0, "\\\"x\\\":\\\""),
                        i -> piece(" word"),
                        piece("\\\"}"),
                        FEWER));
    }

    private static GrowthTable table(
            String name, ReasoningDialect dialect, String first, IntFunction<String> chunk, String last, int[] sizes) {
        return new GrowthTable(name, "chunks", sizes, size -> {
            Feed feed = Feed.of(size, first, chunk, last + finish());
            return () -> {
                AnswerDecoder decoder = new AnswerDecoder(dialect, LIMITS, new AnswerListener() {});
                feed.to(decoder);
                decoder.end();
            };
        });
    }

    /**
     * A stream as bytes. What is long is a block again and again, so that 400,000 chunks do not fill the memory; only the
     * answers of tool calls, whose chunks are numbered, are written whole.
     */
    private record Feed(byte[] first, byte[] block, int blocks, byte[] last) {

        private static final int BLOCK = 1000;
        /** As many bytes as come off a connection at a time. */
        private static final int READ = 16 * 1024;

        static Feed of(int size, String first, IntFunction<String> chunk, String last) {
            boolean numbered = !chunk.apply(0).equals(chunk.apply(2)) || size < BLOCK;
            int inBlock = numbered ? size : BLOCK;
            StringBuilder block = new StringBuilder();
            for (int i = 0; i < inBlock; i++) {
                block.append(chunk.apply(i));
            }
            return new Feed(bytes(first), bytes(block.toString()), size / inBlock, bytes(last));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        void to(AnswerDecoder decoder) {
            feed(first, decoder);
            for (int i = 0; i < blocks; i++) {
                feed(block, decoder);
            }
            feed(last, decoder);
        }

        private static void feed(byte[] bytes, AnswerDecoder decoder) {
            for (int at = 0; at < bytes.length; at += READ) {
                decoder.decode(ByteBuffer.wrap(bytes, at, Math.min(READ, bytes.length - at)));
            }
        }
    }

    private static String fields(int i) {
        return i % 2 == 0 ? event("{\"content\":null,\"reasoning_content\":\" word\"}", "null") : text(" word");
    }

    private static String text(String text) {
        return event("{\"content\":\"" + text + "\",\"reasoning_content\":null}", "null");
    }

    private static String toolCall(int i) {
        return event(
                "{\"tool_calls\":[{\"index\":" + i + ",\"id\":\"call_" + i
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"x\\\":" + i
                        + "}\"}}]}",
                "null");
    }

    private static String toolPiece(int index, String arguments) {
        return event(
                "{\"tool_calls\":[{\"index\":" + index
                        + ",\"id\":\"call_0\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"{"
                        + arguments + "\"}}]}",
                "null");
    }

    private static String piece(String arguments) {
        return event("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + arguments + "\"}}]}", "null");
    }

    private static String finish() {
        return event("{}", "\"stop\"") + "data: [DONE]\n\n";
    }

    private static String event(String delta, String finishReason) {
        return "data: {\"id\":\"930c60df\",\"object\":\"chat.completion.chunk\",\"created\":1741150411,"
                + "\"model\":\"deepseek-v4-flash\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}\n\n";
    }
}
