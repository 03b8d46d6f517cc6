package io.github.deepthink4j.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.answer.ErrorMarks.Payload;
import io.github.deepthink4j.internal.value.JsonTrees;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that is an error, and JSON that only looks a little like one. */
class ErrorMarksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"no\"}}",
                "[{\"error\":{\"message\":\"no\"}}]",
                "{\"code\":\"Throttling\",\"message\":\"slow down\"}",
                "{\"code\":429}",
                "{\"choices\":[],\"code\":\"Throttling\",\"message\":\"slow down\"}",
                "{\"choices\":null,\"code\":\"Throttling\",\"message\":\"slow down\"}",
                "{\"choices\":[{\"index\":0}],\"code\":500,\"message\":\"no\"}",
                "{\"choices\":[{\"index\":0}],\"success\":false}"
            })
    void should_know_an_error_of_an_event(String json) throws IOException {
        assertThat(ErrorMarks.areIn(JsonTrees.read(json), Payload.EVENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"index\":0}],\"code\":\"Throttling\",\"message\":\"slow down\"}",
                "[{\"choices\":[{\"index\":0}],\"code\":\"Throttling\",\"message\":\"slow down\"}]",
                "{\"code\":\"queued\",\"message\":\"you are third\"}",
                "{\"code\":200,\"message\":\"on its way\"}",
                "{\"code\":{\"a\":1},\"message\":\"on its way\"}",
                "{\"code\":\"Throttling\"}",
                "{\"message\":\"on its way\"}",
                "[]",
                "7"
            })
    void should_not_take_another_event_for_an_error(String json) throws IOException {
        assertThat(ErrorMarks.areIn(JsonTrees.read(json), Payload.EVENT)).isFalse();
    }

    /** Where nothing else comes, words alone are about a failure. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":\"no\"}", "{\"detail\":[{\"loc\":\"body\"}]}"})
    void should_take_words_alone_for_an_error_of_a_whole_body(String json) throws IOException {
        assertThat(ErrorMarks.areIn(JsonTrees.read(json), Payload.WHOLE)).isTrue();
        assertThat(ErrorMarks.areIn(JsonTrees.read(json), Payload.NAMED)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[],\"error\":{\"message\":\"no\"}}",
                "{\"data\":[],\"success\":false}",
                "{\"data\":[],\"code\":401,\"message\":\"no\"}"
            })
    void should_find_an_error_beside_a_list(String json) throws IOException {
        assertThat(ErrorMarks.areBeside(JsonTrees.read(json))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\":\"list\",\"data\":[]}",
                "{\"data\":[],\"code\":0,\"message\":\"ok\",\"error\":null}",
                "{\"data\":[],\"message\":\"two models\"}"
            })
    void should_find_none_beside_a_list_that_has_none(String json) throws IOException {
        assertThat(ErrorMarks.areBeside(JsonTrees.read(json))).isFalse();
    }
}
