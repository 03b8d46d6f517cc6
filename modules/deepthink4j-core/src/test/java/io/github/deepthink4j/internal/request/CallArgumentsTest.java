package io.github.deepthink4j.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallArgumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"city\":\"Oslo\"}", " {\"a\": {\"b\": [1, null]}}\n", "{\"n\":1e400}"})
    void should_leave_an_object_as_it_was_written(String arguments) {
        assertThat(CallArguments.asObject(arguments)).isEqualTo(arguments);
        assertThat(CallArguments.areAcceptable(arguments)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  \n", "null", " null "})
    void should_send_no_arguments_for_nothing(String arguments) {
        assertThat(CallArguments.asObject(arguments)).isEqualTo("{}");
        assertThat(CallArguments.areAcceptable(arguments)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"city\":\"Oslo\",}", "{\"city\":\"Oslo\" , }\n", "\"{\\\"city\\\":\\\"Oslo\\\"}\""})
    void should_send_what_langchain4j_takes_for_an_object_as_one(String arguments) {
        assertThat(CallArguments.asObject(arguments)).isEqualTo("{\"city\":\"Oslo\"}");
        assertThat(CallArguments.areAcceptable(arguments)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"city\":\"Os",
                "{\"city\":",
                "{",
                "}",
                "Oslo",
                "\"Oslo\"",
                "[\"Oslo\"]",
                "[]",
                "42",
                "true",
                "{} {}",
                "{}x",
                "{'city':'Oslo'}",
                "{city:\"Oslo\"}",
                "\"{\\\"city\\\":\"",
                "{\"city\":,}",
                "{\"n\":NaN}",
                "{\"line\":\"broken\nhere\"}",
                "```json\n{\"city\":\"Oslo\"}\n```",
                "<city>Oslo</city>",
                "\uFEFF{}",
                "{\"half\":\"\\ud8\"}"
            })
    void should_send_what_is_no_object_within_one(String arguments) throws JsonProcessingException {
        JsonNode sent = new ObjectMapper().readTree(CallArguments.asObject(arguments));

        assertThat(sent.isObject()).isTrue();
        assertThat(sent.size()).isEqualTo(1);
        assertThat(sent.path("invalid_arguments").asText()).isEqualTo(arguments);
        assertThat(CallArguments.areAcceptable(arguments)).isFalse();
    }
}
