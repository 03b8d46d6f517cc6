package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedAnswerTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String KEY = "sk-" + "VerySecret0123456789";
    private static final String FOREIGN = "gsk_" + "0a1b2c3d4e5f6a7b8c9d";
    private static final Secrets SECRETS =
            Secrets.of(URI.create("https://example.com"), Map.of("Authorization", "Bearer " + KEY), null);

    private static final String SAID = "Your key is " + KEY + ", and theirs is " + FOREIGN + ". Keep it.";
    private static final String SHOWN = "Your key is ***, and theirs is ***. Keep it.";

    private static String streamed(String text, int size, BiFunction<ObjectMapper, String, JsonNode> delta) {
        StringBuilder body = new StringBuilder();
        for (int at = 0; at < text.length(); at += size) {
            String piece = text.substring(at, Math.min(text.length(), at + size));
            body.append("data: {\"id\":\"1\",\"model\":\"sk-learn1\",\"choices\":[{\"index\":0,\"delta\":")
                    .append(delta.apply(MAPPER, piece))
                    .append("}]}\r\n\r\n");
        }
        return body.append("data: [DONE]\n\n").toString();
    }

    private static JsonNode calling(ObjectMapper json, String piece) {
        return json.createObjectNode()
                .set(
                        "tool_calls",
                        json.createArrayNode()
                                .add(json.createObjectNode()
                                        .put("index", 1)
                                        .set("function", json.createObjectNode().put("arguments", piece))));
    }

    private static String joined(String body, String pointer) {
        StringBuilder joined = new StringBuilder();
        body.lines().filter(line -> line.startsWith("data: {")).forEach(line -> {
            try {
                joined.append(MAPPER.readTree(line.substring(5)).at(pointer).asText());
            } catch (java.io.IOException e) {
                throw new AssertionError(line, e);
            }
        });
        return joined.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 13, 100})
    void should_mask_what_an_answer_a_thought_or_a_call_says_in_pieces(int size) {
        for (String field : List.of("content", "reasoning_content")) {
            String body = streamed(
                    SAID, size, (json, piece) -> json.createObjectNode().put(field, piece));

            String masked = MaskedAnswer.masked(body, SECRETS);

            assertThat(joined(masked, "/choices/0/delta/" + field)).isEqualTo(SHOWN);
            assertThat(masked).contains("\"model\":\"sk-learn1\"").endsWith("}]}\r\n\r\ndata: [DONE]\n\n");
        }
        String calls = MaskedAnswer.masked(streamed(SAID, size, MaskedAnswerTest::calling), SECRETS);
        assertThat(joined(calls, "/choices/0/delta/tool_calls/0/function/arguments"))
                .isEqualTo(SHOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void should_mask_what_stands_escaped_in_the_pieces(int size) {
        String escaped = "{\"key\":\"" + KEY.replace("S", "\\u0053") + "\"}";

        String masked = MaskedAnswer.masked(streamed(escaped, size, MaskedAnswerTest::calling), SECRETS);

        assertThat(joined(masked, "/choices/0/delta/tool_calls/0/function/arguments"))
                .isEqualTo("{\"key\":\"***\"}");
    }

    @Test
    void should_mask_the_tokens_of_log_probabilities_and_what_stands_beside_them() {
        List<String> tokens = new ArrayList<>();
        for (char c : ("a " + KEY).toCharArray()) {
            tokens.add("{\"token\":\"" + c + "\",\"bytes\":[" + (int) c
                    + "],\"logprob\":-0.5,\"top_logprobs\":[{\"token\":\"" + c + "\"}]}");
        }
        String body = "{\"choices\":[{\"index\":0,\"logprobs\":{\"content\":[" + String.join(",", tokens) + "]}}]}";

        assertThat(MaskedAnswer.masked(body, SECRETS))
                .startsWith("{\"choices\":[{\"index\":0,\"logprobs\":{\"content\":[" + tokens.get(0) + ","
                        + tokens.get(1) + ",{\"token\":\"***\",\"logprob\":-0.5},{\"token\":\"\",\"logprob\":-0.5},")
                .doesNotContainPattern(Pattern.quote("\"token\":\"k\""))
                .endsWith("{\"token\":\"\",\"logprob\":-0.5}]}}]}");
    }

    @Test
    void should_mask_a_list_of_tokens_of_a_completion() {
        String body = "{\"choices\":[{\"logprobs\":{\"tokens\":[\"a \",\"" + String.join("\",\"", KEY.split(""))
                + "\"],\"top_logprobs\":[{\"s\":-1}]}}]}";

        assertThat(MaskedAnswer.masked(body, SECRETS))
                .startsWith("{\"choices\":[{\"logprobs\":{\"tokens\":[\"a \",\"***\",\"\",\"\",")
                .endsWith("\"\"]}}]}");
    }

    @Test
    void should_leave_a_stream_without_secrets_as_it_came() {
        String body =
                ": ping\n\nevent: x\rdata:{ \"choices\" : [ {\"delta\":{\"content\":\"1\"},\"n\":1.50} ] }\n\n{cut";

        assertThat(MaskedAnswer.masked(body, SECRETS)).isEqualTo(body);
    }
}
