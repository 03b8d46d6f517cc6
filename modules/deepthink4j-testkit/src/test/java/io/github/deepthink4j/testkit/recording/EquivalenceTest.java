package io.github.deepthink4j.testkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquivalenceTest {

    private static final String RECORDED = """
            {'model':'m','stream':true,'max_tokens':5,
             'messages':[{'role':'user','content':'Hi'},
               {'role':'assistant','content':'','reasoning_content':'So','tool_calls':[
                 {'id':'call_1','function':{'name':'f','arguments':'{\\"a\\":1,\\"b\\":2}'}}]},
               {'role':'tool','tool_call_id':'call_1','content':'result'}],
             'tools':[{'function':{'name':'f','parameters':{}}},{'function':{'name':'g'}}]}""";

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> differences(Equivalence equivalence, String recorded, String path, String asked) {
        RecordedExchange.Request request = new RecordedExchange.Request("POST", "/chat/completions", json(recorded));
        return equivalence.differences(request, "POST", path, json(asked));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'max_tokens':5                        | 'max_tokens':6,'temperature':1,'user_id':'u'
            'role':'user','content':'Hi'          | 'role':'user','content':[{'type':'text','text':'Hi'}]
            'id':'call_1'                         | 'id':'call_2'
            'reasoning_content':'So'              | 'reasoning_content':''
            {\\"a\\":1,\\"b\\":2}                 | {\\"b\\": 2, \\"a\\": 1}
            'parameters':{}                       | 'parameters':{'type':'object'}
            """)
    void should_find_the_same_conversation(String recorded, String asked) {
        String other = RECORDED.replace(recorded, asked);

        assertThat(other).isNotEqualTo(RECORDED);
        assertThat(differences(Equivalence.sameConversation(), RECORDED, "/v1/chat/completions", other))
                .isEmpty();
        assertThat(differences(Equivalence.sameBody(), RECORDED, "/v1/chat/completions", other))
                .as("which is not the same body")
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'model':'m'              | 'model':'n'             | model: recorded is "m", asked was "n"
            'stream':true            | 'stream':false          | stream: recorded is true, asked was false
            'content':'Hi'           | 'content':'Ho'          | messages[0].content: recorded is "Hi", asked was "Ho"
            'name':'g'               | 'name':'h'              | tools[1]: recorded is "g", asked was "h"
            {\\"a\\":1               | {\\"a\\":3              | messages[1].tool_calls[0].arguments.a: recorded is 1, asked was 3
            'content':'result'       | 'content':'other'       | messages[2].content: recorded is "result", asked was "other"
            'max_tokens':5           | 'thinking':{'type':'disabled'} | thinking: recorded is "", asked was "disabled"
            'max_tokens':5           | 'response_format':{'type':'json_object'} | response_format: recorded is "text", asked was "json_object"
            """)
    void should_tell_another_conversation(String recorded, String asked, String difference) {
        assertThat(differences(
                        Equivalence.sameConversation(),
                        RECORDED,
                        "/chat/completions",
                        RECORDED.replace(recorded, asked)))
                .containsExactly(difference);
    }

    @Test
    void should_tell_another_endpoint_and_another_length() {
        assertThat(differences(Equivalence.sameConversation(), RECORDED, "/beta/chat/completions", RECORDED))
                .singleElement()
                .asString()
                .contains("asked was POST /beta/chat/completions");
        assertThat(differences(
                        Equivalence.sameConversation(),
                        "{'messages':[]}",
                        "/chat/completions",
                        "{'messages':[{'role':'user'}]}"))
                .singleElement()
                .asString()
                .startsWith("messages: recorded is 0 of them: [], asked was 1 of them");
    }

    @Test
    void should_compare_the_body_but_for_some_fields() {
        Equivalence equivalence = Equivalence.sameBody().ignoring("user_id");

        assertThat(differences(equivalence, "{'a':1.0,'user_id':'x'}", "/chat/completions", "{'a':1}"))
                .isEmpty();
        assertThat(differences(equivalence, "{'a':'x'}", "/chat/completions", "{'a':' x\\n'}"))
                .isEmpty();
        assertThat(differences(equivalence, "{'a':1}", "/chat/completions", "{'a':1,'b':2}"))
                .containsExactly("b: recorded is nothing, asked was 2");
    }

    @Test
    void should_match_anything_where_text_was_redacted() {
        assertThat(differences(Equivalence.sameBody(), "{'a':'I am ***!'}", "/chat/completions", "{'a':'I am Bob!'}"))
                .isEmpty();
        assertThat(differences(Equivalence.sameBody(), "{'a':'***'}", "/chat/completions", "{'a':7}"))
                .isEmpty();
        assertThat(differences(Equivalence.sameBody(), "{'a':'I am ***!'}", "/chat/completions", "{'a':'I was Bob!'}"))
                .isNotEmpty();
    }

    @Test
    void should_refuse_a_pattern_that_would_redact_nothing_everywhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Redaction.none().text("a*"))
                .withMessageContaining("matches the empty text");
    }
}
