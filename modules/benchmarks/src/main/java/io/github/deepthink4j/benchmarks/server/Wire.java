package io.github.deepthink4j.benchmarks.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Answers as bytes, as DeepSeek writes them: each event in an HTTP chunk of its own. */
final class Wire {

    static final byte[] STREAM_HEAD = ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n");

    private static final String[] ENGLISH = {
        " the", " answer", " is", " that", " a", " prime", " number", " of", " two", ",", " so", " we", " may", "."
    };
    private static final String[] CHINESE = {"的", "答案", "是", "一个", "素数", "，", "所以", "我们", "可以", "推理", "。"};

    private Wire() {}

    static byte[] thought(String piece) {
        return event("{\"content\":null,\"reasoning_content\":\"" + piece + "\"}", "null", "");
    }

    static byte[] text(String piece) {
        return event("{\"content\":\"" + piece + "\",\"reasoning_content\":null}", "null", "");
    }

    static byte[] finish() {
        return event("{\"content\":\"\",\"reasoning_content\":null}", "\"stop\"", """
                ,"usage":{"prompt_tokens":5,"completion_tokens":2000,"total_tokens":2005,\
                "prompt_tokens_details":{"cached_tokens":0},\
                "completion_tokens_details":{"reasoning_tokens":1000},\
                "prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":5}""");
    }

    static byte[] done() {
        return join(chunked("data: [DONE]\n\n"), ascii("0\r\n\r\n"));
    }

    /** From the head to the end. */
    static byte[] wholeStream(int chunks, boolean chinese) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(STREAM_HEAD);
        for (int i = 0; i < chunks; i++) {
            all.writeBytes(i < chunks / 2 ? thought(word(i, chinese)) : text(word(i, chinese)));
        }
        all.writeBytes(finish());
        all.writeBytes(done());
        return all.toByteArray();
    }

    /** Head and body of an answer in one piece, half of it thought. */
    static byte[] wholeBody(int bytes) {
        StringBuilder prose = new StringBuilder();
        for (int i = 0; prose.length() < bytes / 2; i++) {
            prose.append(i % 40 == 39 ? "\\n\\n" : word(i, false));
        }
        byte[] body = utf8("{\"id\":\"930c60df\",\"object\":\"chat.completion\",\"created\":1741150411,\"model\":"
                + "\"deepseek-v4-flash\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                + prose + "\",\"reasoning_content\":\"" + prose
                + "\"},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,"
                + "\"completion_tokens\":2000,\"total_tokens\":2005,\"prompt_cache_hit_tokens\":0,"
                + "\"prompt_cache_miss_tokens\":5},\"system_fingerprint\":\"fp_8802369eaa_prod0425fp8\"}");
        return join(
                ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n"),
                body);
    }

    private static String word(int i, boolean chinese) {
        String[] words = chinese ? CHINESE : ENGLISH;
        return words[i % words.length];
    }

    private static byte[] event(String delta, String finishReason, String usage) {
        return chunked("data: {\"id\":\"930c60df-bf64-41c9-a88e-3ec75f81e00e\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1741150411,\"model\":\"deepseek-v4-flash\","
                + "\"system_fingerprint\":\"fp_8802369eaa_prod0425fp8\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]" + usage + "}\n\n");
    }

    private static byte[] chunked(String event) {
        byte[] bytes = utf8(event);
        return join(ascii(Integer.toHexString(bytes.length) + "\r\n"), bytes, ascii("\r\n"));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
