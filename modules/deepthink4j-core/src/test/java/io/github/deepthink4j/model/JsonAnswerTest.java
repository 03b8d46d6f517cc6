package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.thorough.Thorough;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {

    private static final String ANN = "{\"name\":\"Ann\",\"age\":31}";

    private static final JsonAnswer ANY = JsonAnswer.of(null);
    private static final JsonAnswer PERSON =
            JsonAnswer.of("{\"type\":\"object\",\"properties\":{},\"required\":[\"name\",\"age\"]}");
    private static final JsonAnswer PERSONS =
            JsonAnswer.of("{\"type\":\"object\",\"properties\":{},\"required\":[\"values\"]}");
    private static final JsonAnswer LIST = JsonAnswer.of("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}");

    static Stream<Arguments> wrapped() {
        return Stream.of(
                Arguments.of(PERSON, "```json\n" + ANN + "\n```", ANN),
                Arguments.of(PERSON, ANN + "'", ANN),
                Arguments.of(PERSON, "Here it is: " + ANN + " Anything else?", ANN),
                Arguments.of(PERSON, "\ufeff" + ANN, ANN),
                Arguments.of(PERSON, "{" + ANN + "}", ANN),
                Arguments.of(PERSON, "```\n{\"name\":\"Ann\"}\n```", "{\"name\":\"Ann\"}"),
                Arguments.of(PERSON, "As [1] says, in {x | x > 0}: " + ANN, ANN),
                Arguments.of(PERSON, "From [true story] and [\"a\" b]: " + ANN, ANN),
                Arguments.of(PERSON, "Instead of {\"name\":\"Bob\"} it is " + ANN, ANN),
                Arguments.of(PERSON, "[[note]] " + ANN + " [2]", ANN),
                Arguments.of(ANY, "See [1]: " + ANN, ANN),
                Arguments.of(ANY, "\\frac{1}{2} is {\"half\":0.5}", "{\"half\":0.5}"),
                Arguments.of(ANY, "{\"a\":\"}]\\\"{\"} x", "{\"a\":\"}]\\\"{\"}"),
                Arguments.of(PERSONS, "```json\n[" + ANN + "]\n```", "[" + ANN + "]"),
                Arguments.of(PERSONS, "```\n[\"a\",\"b\"]\n```", "[\"a\",\"b\"]"),
                Arguments.of(LIST, "{note} The list is [" + ANN + "].", "[" + ANN + "]"),
                Arguments.of(LIST, "With " + ANN + ": [1,2]", "[1,2]"));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void should_find_the_json_that_is_meant(JsonAnswer wanted, String text, String json) {
        assertThat(wanted.in(text)).isEqualTo(json);
    }

    static Stream<Arguments> untouched() {
        String cut = "{\"values\":[" + ANN + ",{\"name\":\"Bob\"";
        return Stream.of(
                        ANN,
                        " [" + ANN + "]\n",
                        "42",
                        "no JSON at all",
                        "",
                        cut,
                        "```json\n" + cut,
                        "```json\n" + cut + "\n```",
                        cut + "\n\nSorry, I ran out of space.",
                        "Here: {\"a\":[1,{\"b\":2},",
                        "{\"a\":{\"b\":1},\"c\":tru",
                        "{\"a\":{\"b\":1},\"c\":\"un",
                        "{\"a\":{\"b\":1},\"c\"",
                        "{",
                        "{\"values\":[" + ANN + ",]}",
                        "{\"values\":[" + ANN + "],\"ok\":True}",
                        "{'values':[" + ANN + "]}",
                        "{values:[" + ANN + "]}",
                        "{\"values\":[" + ANN + "] // all\n}",
                        "{/* all */\"values\":[" + ANN + "]}",
                        "[" + ANN + ", oops]",
                        "[None, " + ANN + "]",
                        "[" + ANN + " " + ANN + "]",
                        ANN + "\n{\"name\":\"Bob\"",
                        "As it says, {see} [there].")
                .flatMap(text -> Stream.of(ANY, PERSON, PERSONS, LIST).map(wanted -> Arguments.of(wanted, text)));
    }

    @ParameterizedTest
    @MethodSource("untouched")
    void should_take_no_piece_for_the_whole(JsonAnswer wanted, String text) {
        assertThat(wanted.in(text)).isEqualTo(text);
    }

    /** A draft comes before the answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "First try: {\"city\":\"Oslo\",\"n\":1}. No.\nFinal answer: {\"city\":\"Rome\",\"n\":2}",
                "<think>{\"city\":\"Oslo\",\"n\":1}?</think>{\"city\":\"Rome\",\"n\":2}",
                "\u8349\u7a3f\uff1a{\"city\":\"Oslo\",\"n\":1}\n\u6700\u7ec8\u7b54\u6848\uff1a{\"city\":\"Rome\",\"n\":2}\u3002",
                "{\"city\":\"Oslo\",\"n\":1}\n```json\n{\"city\":\"Rome\",\"n\":2}\n```",
                "```json\n{\"city\":\"Oslo\",\"n\":1}\n```\nBetter:\n```json\n{\"city\":\"Rome\",\"n\":2}\n```",
                "```json\n{\"city\":\"Rome\",\"n\":2}\n```\n{\"city\":\"Oslo\",\"n\":1}",
                "```json\n{\"city\":\"Oslo\",\"n\":1}\n```\n\u6700\u7ec8\u7b54\u6848\uff1a\n````js\n// so\n{\"city\":\"Rome\",\"n\":2}\n````",
                "{\"city\":\"Oslo\",\"n\":1} ```{\"city\":\"Rome\",\"n\":2}```",
                "```python\nprint(1)\n```\n{\"city\":\"Oslo\",\"n\":1} then {\"city\":\"Rome\",\"n\":2}",
                "{\"city\":\"```\",\"n\":1} {\"city\":\"Rome\",\"n\":2} {\"city\":\"Oslo\"}",
                "```json\n{\"city\":\"Rome\",\"n\":2}\n```\nIt is not {\"city\":\"Oslo\",\"n\":1}.",
                "{\"city\":\"Rome\",\"n\":2} as in {\"city\":\"Oslo\"}"
            })
    void should_take_the_answer_and_not_its_draft(String text) {
        JsonAnswer wanted = new JsonAnswer('{', Set.of("city", "n"));

        assertThat(wanted.in(text)).isEqualTo("{\"city\":\"Rome\",\"n\":2}");
    }

    /** By looking at the whole line for each of them it would take hours. */
    @Test
    @Timeout(60)
    void should_find_the_answer_behind_very_many_others() {
        assertThat(PERSON.in("{\"b\":1} ".repeat(200_000) + ANN)).isEqualTo(ANN);
        assertThat(PERSON.in("{\"b\" 1} ".repeat(5_000) + ANN)).isEqualTo(ANN);
        assertThat(PERSON.in("[1] ".repeat(200_000) + ANN)).isEqualTo(ANN);
        assertThat(LIST.in("[1], ".repeat(200_000) + "and: [" + ANN + "]")).isEqualTo("[" + ANN + "]");
    }

    @Test
    void should_take_the_last_list_but_no_footnote() {
        assertThat(LIST.in("The list is [{\"a\":2}]. See [1].")).isEqualTo("[{\"a\":2}]");
        assertThat(LIST.in("There are none: []. See [1, 2].")).isEqualTo("[]");
        assertThat(LIST.in("Not [1, 2] but [3, 4]")).isEqualTo("[3, 4]");
        assertThat(LIST.in("Draft: [{\"a\":1}]. Final: [{\"a\":2}]")).isEqualTo("[{\"a\":2}]");
        assertThat(LIST.in("As [1] says:\n```json\n[{\"a\":2}]\n```")).isEqualTo("[{\"a\":2}]");
        assertThat(LIST.in("```json\n[{\"a\":2}]\n```\nSee [1].")).isEqualTo("[{\"a\":2}]");
    }

    @Test
    void should_not_take_a_footnote_for_the_list_in_an_object() {
        assertThat(PERSONS.in("As [1] says, there is none.")).isEqualTo("As [1] says, there is none.");
    }

    private static final String OBJECTS = "{'type':'array','items':{'type':'object','required':['a']}}";
    private static final String NUMBERS = "{'type':'array','items':{'type':'integer'}}";
    private static final String WRAPPED_NUMBERS =
            "{'type':'object','properties':{'values':{'type':'array','items':{'type':'integer'}}},'required':['values']}";
    private static final String WRAPPED_OBJECTS =
            "{'type':'object','properties':{'values':{'type':'array','items':{'$ref':'#/$defs/p'}}},'required':['values'],"
                    + "'$defs':{'p':{'type':'object'}}}";
    private static final String EITHER =
            "{'anyOf':[{'type':'object','required':['a']},{'type':'object','required':['b']},{'type':'array',"
                    + "'items':{'type':'string'}}]}";
    private static final String REFERRED = "{'$ref':'#/$defs/p','$defs':{'p':{'type':'object','required':['a']}}}";
    private static final String NULLABLE = "{'type':['object','null'],'required':['a']}";

    /** Each of these texts is judged by what the root of its schema can be. */
    static Stream<Arguments> byRoot() {
        String said = "As [1] says: {'a':1}";
        return Stream.of(
                Arguments.of("{'type':'object','required':['a']}", said, "{'a':1}"),
                Arguments.of("{}", said, "{'a':1}"),
                Arguments.of(REFERRED, said, "{'a':1}"),
                Arguments.of(NULLABLE, said, "{'a':1}"),
                Arguments.of(EITHER, said, "{'a':1}"),
                Arguments.of(EITHER, "As [1] and [2, 3] say: {'b':1}", "{'b':1}"),
                Arguments.of(EITHER, "Here: ['x']", "['x']"),
                Arguments.of(EITHER, "Here, {'c':1}, it is: {'b':1}", "{'b':1}"),
                // A number of a source is no list of objects.
                Arguments.of(OBJECTS, said, said),
                Arguments.of(OBJECTS, "As [1, 2] say: {'a':1}", "As [1, 2] say: {'a':1}"),
                Arguments.of(OBJECTS, "There are none, see [1].", "There are none, see [1]."),
                Arguments.of(OBJECTS, "None.\n[1]\nThe source", "None.\n[1]\nThe source"),
                Arguments.of(OBJECTS, "As [1] says: [{'a':1}]", "[{'a':1}]"),
                Arguments.of(OBJECTS, "[{'a':1}] as [1] says", "[{'a':1}]"),
                Arguments.of(NUMBERS, "The answer [4] is all.", "[4]"),
                Arguments.of(NUMBERS, "```json\n[4]\n```", "[4]"),
                Arguments.of(WRAPPED_NUMBERS, "```json\n[4]\n```", "[4]"),
                Arguments.of(WRAPPED_NUMBERS, "Here:\n[4, 5]", "[4, 5]"),
                Arguments.of(WRAPPED_OBJECTS, "There are none.\n[1]\n", "There are none.\n[1]\n"),
                Arguments.of(WRAPPED_OBJECTS, "Here:\n[{'a':1}]", "[{'a':1}]"),
                Arguments.of(WRAPPED_OBJECTS, "As [1] says: {'values':[]}", "{'values':[]}"),
                // There is no bracket to look for.
                Arguments.of("{'type':'integer'}", "[1]\n42", "[1]\n42"),
                Arguments.of("{'type':'string','enum':['a']}", "See {'a':1}", "See {'a':1}"),
                Arguments.of("{'enum':['a','b']}", "See {'a':1}", "See {'a':1}"),
                Arguments.of("{'$ref':'#'}", said, "{'a':1}"));
    }

    @ParameterizedTest
    @MethodSource("byRoot")
    void should_read_prose_by_the_root_of_the_schema(String schema, String text, String json) {
        assertThat(JsonAnswer.of(schema.replace('\'', '"')).in(text.replace('\'', '"')))
                .isEqualTo(json.replace('\'', '"'));
    }

    /** Each choice once, however many ways there are to it. */
    @Test
    @Timeout(60)
    void should_read_the_root_of_a_schema_that_refers_to_itself_many_times() {
        String self = "{'$ref':'#'},".repeat(100);
        String chain = "{'$ref':'#/$defs/d%1$d'},{'$ref':'#/$defs/d%1$d'}";
        StringBuilder definitions = new StringBuilder("'d40':{'type':'object','required':['a']}");
        for (int i = 0; i < 40; i++) {
            definitions.append(",'d" + i + "':{'anyOf':[" + chain.formatted(i + 1) + "]}");
        }
        String schema = "{'anyOf':[" + self + chain.formatted(0) + "],'$defs':{" + definitions + "}}";

        assertThat(JsonAnswer.of(schema.replace('\'', '"')).in("As [1] and {\"c\":1} say: {\"a\":1}"))
                .isEqualTo("{\"a\":1}");
    }

    /** One person of several is not the list of them. */
    static Stream<String> lines() {
        return Stream.of(ANN + "\n" + ANN, "1. " + ANN + "\n2. " + ANN);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void should_not_choose_among_objects_of_which_none_can_be_the_root(String text) {
        assertThat(PERSONS.in(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "city: o\nn: {\"city\":\"Oslo\"}",
                "The n is {\"city\":\"Oslo\",\"m\":1}",
                "The city is o, and its n {\"n\":1}.",
            })
    void should_not_take_what_stands_under_a_name_for_the_root(String text) {
        assertThat(new JsonAnswer('{', Set.of("city", "n")).in(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"- %s\n- %s", "* `%s`\n* `%s`", "1. %s\n2. %s", "Both:\n\n  1) %s\n  2) %s"})
    void should_not_take_one_of_a_list_for_the_whole(String text) {
        String both = text.formatted("{\"a\":1}", "{\"a\":2}");

        assertThat(ANY.in(both)).isEqualTo(both);
    }

    /** Each would take hours if the text were read again from each bracket. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[",
                "{\"",
                "[\"",
                "{\"a\":",
                "[{",
                "{ ",
                "[ ",
                "{a",
                "[a",
                "[n",
                "[1,",
                "{\"a\":[",
                "{'",
                "[tru",
                "{}",
                "[]",
                "{\"\\",
                "{\"a\":1} ",
                "[1 ",
                "{a:",
                "]",
                "}{",
                "```",
                "``` ",
                "```{}",
                "```{",
                "{\"a\" ",
                "[1 x]",
                "{a:1}",
                "\"{"
            })
    @Timeout(60)
    void should_look_at_each_character_a_few_times_only(String shred) {
        String text = shred.repeat(Thorough.times(1_200_000, 60_000) / shred.length());

        for (JsonAnswer wanted : new JsonAnswer[] {ANY, PERSON, LIST}) {
            for (String around : new String[] {"", "}", "x "}) {
                assertThat(wanted.in(around + text + around)).isNotEmpty();
            }
        }
    }
}
