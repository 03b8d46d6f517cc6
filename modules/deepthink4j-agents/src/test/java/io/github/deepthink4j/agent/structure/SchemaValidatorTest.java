package io.github.deepthink4j.agent.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told to the structurer that fits not. */
class SchemaValidatorTest {

    private static final SchemaValidator ANY = new SchemaValidator(null);

    private final SchemaValidator person = new SchemaValidator(JsonSchema.builder()
            .name("Person")
            .rootElement(JsonObjectSchema.builder()
                    .addStringProperty("name")
                    .addProperty(
                            "home",
                            JsonObjectSchema.builder().addStringProperty("city").build())
                    .addProperty(
                            "notes",
                            JsonObjectSchema.builder()
                                    .addStringProperty("first")
                                    .additionalProperties(true)
                                    .build())
                    .addProperty("anything", JsonObjectSchema.builder().build())
                    .required("name")
                    .build())
            .build());

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n"})
    void should_miss_what_is_not_there(String nothing) {
        assertThat(ANY.findings(nothing, PromptLanguage.ENGLISH))
                .containsExactly("there is no JSON, the answer is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{} and more", "{} {}", "no JSON"})
    void should_find_what_is_no_json(String text) {
        assertThat(ANY.findings(text, PromptLanguage.ENGLISH))
                .singleElement()
                .asString()
                .startsWith("it is not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "7", "{\"a\":{\"b\":null}}"})
    void should_take_any_json_where_there_is_no_schema(String text) {
        assertThat(ANY.findings(text, PromptLanguage.ENGLISH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {"name":"Ann"}                                    | 0
        {"name":"Ann","home":{"city":"Oslo"}}             | 0
        {"name":"Ann","home":{}}                          | 0
        {"name":"Ann","notes":{"first":"x","other":"y"}}  | 0
        {"name":"Ann","anything":{"at":"all"}}            | 0
        {"name":7}                                        | 1
        {"home":{"city":"Oslo"}}                          | 1
        {"name":"Ann","age":7}                            | 1
        {"name":"Ann","home":{"town":"Oslo"}}             | 1
        {}                                                | 2
        """)
    void should_find_each_thing_that_does_not_fit(String json, int findings) {
        assertThat(person.findings(json, PromptLanguage.ENGLISH))
                .hasSize(findings)
                .noneMatch(finding -> finding.startsWith(":"));
    }

    @Test
    void should_say_in_words_where_something_does_not_fit() {
        assertThat(person.findings("{\"name\":7}", PromptLanguage.ENGLISH))
                .singleElement()
                .asString()
                .contains("name", "string expected");
        assertThat(person.findings("{\"home\":{}}", PromptLanguage.ENGLISH))
                .singleElement()
                .asString()
                .contains("'name'");
    }

    @Test
    void should_let_a_list_be_empty() {
        SchemaValidator names = new SchemaValidator(JsonSchema.builder()
                .name("Names")
                .rootElement(
                        JsonArraySchema.builder().items(new JsonStringSchema()).build())
                .build());

        assertThat(names.findings("[]", PromptLanguage.ENGLISH)).isEmpty();
        assertThat(names.findings("[7]", PromptLanguage.ENGLISH)).hasSize(1);
    }

    private static JsonObjectSchema open() {
        return JsonObjectSchema.builder()
                .addStringProperty("a")
                .additionalProperties(true)
                .build();
    }

    private static JsonObjectSchema closed() {
        return JsonObjectSchema.builder().addStringProperty("a").build();
    }

    private static JsonObjectSchema with(JsonSchemaElement x) {
        return JsonObjectSchema.builder().addProperty("x", x).build();
    }

    static Stream<Arguments> places() {
        JsonSchemaElement reference =
                JsonReferenceSchema.builder().reference("other").build();
        return Stream.of(
                Arguments.of(open(), closed(), "{\"a\":\"1\",\"b\":2}"),
                Arguments.of(with(open()), with(closed()), "{\"x\":{\"a\":\"1\",\"b\":2}}"),
                Arguments.of(
                        with(JsonArraySchema.builder().items(open()).build()),
                        with(JsonArraySchema.builder().items(closed()).build()),
                        "{\"x\":[{\"a\":\"1\",\"b\":2}]}"),
                Arguments.of(
                        with(JsonAnyOfSchema.builder()
                                .anyOf(new JsonStringSchema(), open())
                                .build()),
                        with(JsonAnyOfSchema.builder()
                                .anyOf(new JsonStringSchema(), closed())
                                .build()),
                        "{\"x\":{\"a\":\"1\",\"b\":2}}"),
                Arguments.of(
                        defining(reference, open()), defining(reference, closed()), "{\"x\":{\"a\":\"1\",\"b\":2}}"));
    }

    private static JsonObjectSchema defining(JsonSchemaElement reference, JsonObjectSchema other) {
        return JsonObjectSchema.builder()
                .addProperty("x", reference)
                .definitions(Map.of("other", other))
                .build();
    }

    @ParameterizedTest
    @MethodSource("places")
    void should_let_other_properties_in_where_a_schema_does(
            JsonObjectSchema open, JsonObjectSchema closed, String json) {
        assertThat(validator(open).findings(json, PromptLanguage.ENGLISH)).isEmpty();
        assertThat(validator(closed).findings(json, PromptLanguage.ENGLISH)).isNotEmpty();
    }

    private static SchemaValidator validator(JsonObjectSchema schema) {
        return new SchemaValidator(
                JsonSchema.builder().name("Any").rootElement(schema).build());
    }
}
