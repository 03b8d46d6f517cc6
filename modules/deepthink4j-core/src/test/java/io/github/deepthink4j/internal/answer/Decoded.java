package io.github.deepthink4j.internal.answer;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What comes of bytes.
 *
 * @param events each piece, in order
 * @param answer the answer
 */
record Decoded(List<String> events, AssembledAnswer answer) {

    static Decoded of(ReasoningDialect dialect, List<byte[]> parts) {
        return of(dialect, DecoderLimits.DEFAULT, parts);
    }

    static Decoded of(ReasoningDialect dialect, DecoderLimits limits, List<byte[]> parts) {
        return of(dialect, limits, Set.of(), parts);
    }

    /** @param tools the names of those that the request has given */
    static Decoded of(ReasoningDialect dialect, DecoderLimits limits, Set<String> tools, List<byte[]> parts) {
        List<String> events = new ArrayList<>();
        AnswerDecoder decoder = new AnswerDecoder(dialect, limits, tools, new AnswerListener() {
            @Override
            public void onThinking(String text) {
                events.add("thinking " + text);
            }

            @Override
            public void onText(String text) {
                events.add("text " + text);
            }

            @Override
            public void onToolCallPiece(int index, String id, String name, String partialArguments) {
                events.add("piece " + index + " " + id + " " + name + " " + partialArguments);
            }

            @Override
            public void onToolCall(int index, ToolExecutionRequest call) {
                events.add("call " + index + " " + call.id() + " " + call.name() + " " + call.arguments());
            }
        });
        for (byte[] part : parts) {
            decoder.decode(ByteBuffer.wrap(part));
        }
        return new Decoded(events, decoder.end());
    }

    static Decoded of(String body) {
        return of(ReasoningDialect.DEEPSEEK, List.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    static Decoded ofChunks(ReasoningDialect dialect, String... chunks) {
        return of(dialect, List.of(stream(chunks).getBytes(StandardCharsets.UTF_8)));
    }

    static Decoded ofChunks(String... chunks) {
        return ofChunks(ReasoningDialect.DEEPSEEK, chunks);
    }

    /** Server-sent events of these chunks, with {@code [DONE]} at the end. */
    static String stream(String... chunks) {
        StringBuilder stream = new StringBuilder();
        for (String chunk : chunks) {
            stream.append("data: ").append(chunk).append("\n\n");
        }
        return stream.append("data: [DONE]\n\n").toString();
    }

    static String delta(String delta) {
        return "{\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
    }

    static String finish(String reason) {
        return "{\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"" + reason
                + "\"}]}";
    }

    /** The bytes cut at random places. */
    static List<byte[]> cut(byte[] bytes, Random random) {
        List<byte[]> parts = new ArrayList<>();
        int most = 1 + random.nextInt(200);
        for (int start = 0; start < bytes.length; ) {
            int length = Math.min(bytes.length - start, 1 + random.nextInt(most));
            byte[] part = new byte[length];
            System.arraycopy(bytes, start, part, 0, length);
            parts.add(part);
            start += length;
        }
        return parts;
    }
}
