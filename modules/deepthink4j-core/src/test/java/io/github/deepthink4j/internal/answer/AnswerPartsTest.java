package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.ofChunks;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.answer.Ending.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands where a text should: read as it is written, or no answer at all; never an answer with a hole. */
class AnswerPartsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'type':'text','text':5}                       | 5
        {'type':'text','text':2.50}                    | 2.50
        {'type':'text','text':true}                    | true
        {'type':'text','text':null}                    |
        {'type':'text','text':{'value':'T'}}           | T
        {'type':'text','text':['T',5]}                 | T5
        {'type':'output_text','text':'T'}              | T
        {'type':'reference','reference_ids':[1]}       |
        {'type':'web_search_result','id':'w1'}         |
        {}                                             |
        []                                             |
        null                                           |
        """)
    void should_read_each_part_of_a_content(String part, @Nullable String text) {
        AssembledAnswer answer = parts(part);

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.text()).isEqualTo("a " + (text == null ? "" : text) + " b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['T']",
                "{'type':'text','text':[['T']]}",
                "{'type':'text','text':{'x':1}}",
                "{'type':'image_url','image_url':{'url':'https://a.example/x.png'}}",
                "{'type':'image','text':'','url':'https://a.example/x.png'}",
                "{'type':'tool_use','id':'a','name':'f','input':{}}",
                "{'type':'something','x':1}",
                "{'type':'thinking','thinking':{'x':1}}"
            })
    void should_make_no_answer_of_one_with_a_part_that_nobody_can_read(String part) {
        assertThat(parts(part).ending().kind()).isEqualTo(Kind.MALFORMED);
    }

    private static AssembledAnswer parts(String part) {
        String content = "{'content':[{'type':'text','text':'a '}," + part + ",{'type':'text','text':' b'}]}";
        return ofChunks(delta(content.replace('\'', '"')), finish("stop")).answer();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'text':'So'}                                                       | So
        {'type':'reasoning.summary','summary':'So'}                         | So
        [{'type':'thinking','thinking':'So'}]                               | So
        [{'summary':[{'type':'summary_text','text':'S'},'o']}]              | So
        [{'type':'reasoning.encrypted','data':'x'},{'text':'So'}]           | So
        {'text':5}                                                          | 5
        {}                                                                  |
        [{'type':'reasoning.encrypted','data':'x'}]                         |
        [{'signature':'x'}]                                                 |
        """)
    void should_read_a_thought_that_is_no_string(String thought, @Nullable String text) {
        AssembledAnswer answer = thinks("'reasoning_content':" + thought);

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.thinking()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'x':1}", "[{'x':1}]", "[['So']]", "[{'text':'So'},{'x':1}]"})
    void should_make_no_answer_of_one_whose_thought_nobody_can_read(String thought) {
        assertThat(thinks("'reasoning_content':" + thought).ending().kind()).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'reasoning':{'x':1},'reasoning_content':'So'", "'reasoning_content':'So','reasoning':{'x':1}"})
    void should_take_a_thought_that_can_be_read_where_another_field_has_it(String fields) {
        AssembledAnswer answer = thinks(fields);

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.thinking()).isEqualTo("So");
    }

    private static AssembledAnswer thinks(String fields) {
        return ofChunks(delta(("{" + fields + "}").replace('\'', '"')), delta("{\"content\":\"Hi\"}"), finish("stop"))
                .answer();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        'content':[{'type':'text','text':'B'}]   | MALFORMED
        'reasoning_content':[{'text':'B'}]       | MALFORMED
        'content':[]                             | COMPLETE
        'content':null                           | COMPLETE
        """)
    void should_not_pass_over_parts_in_a_second_delta_of_a_choice(String second, Kind kind) {
        String choice = "{'choices':[{'index':0,'delta':{'content':'A'},'delta':{" + second + "}}]}";

        AssembledAnswer answer =
                ofChunks(choice.replace('\'', '"'), finish("stop")).answer();

        assertThat(answer.ending().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        [[{'id':'a','function':{'name':'f','arguments':'{}'}}]]  | MALFORMED
        ['f']                                                    | MALFORMED
        [null,{},[],'']                                          | COMPLETE
        """)
    void should_not_pass_over_what_stands_in_the_place_of_a_call(String calls, Kind kind) {
        String chunk = delta("{\"content\":\"Hi\",\"tool_calls\":" + calls.replace('\'', '"') + "}");

        assertThat(ofChunks(chunk, finish("stop")).answer().ending().kind()).isEqualTo(kind);
    }
}
