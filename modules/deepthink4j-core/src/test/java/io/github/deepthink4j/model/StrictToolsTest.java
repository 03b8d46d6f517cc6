package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What strict functions want of a schema: docs/protocol.md, section 2.4. The simulator refuses what is not closed and whole. */
@Timeout(60)
class StrictToolsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash")
                .strictTools(true);
    }

    private static ChatRequest asking(JsonObjectSchema parameters) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .toolSpecifications(ToolSpecification.builder()
                        .name("find")
                        .parameters(parameters)
                        .build())
                .build();
    }

    /** One property of this name and schema. */
    private static JsonObjectSchema with(boolean required, JsonSchemaElement schema) {
        JsonObjectSchema.Builder builder = JsonObjectSchema.builder().addProperty("p", schema);
        return required ? builder.required("p").build() : builder.build();
    }

    private static JsonSchemaElement raw(String json) {
        return JsonRawSchema.from(json.replace('\'', '"'));
    }

    private JsonNode sent(JsonObjectSchema parameters) {
        deepSeek.respond(Answer.text("Hello"));
        model().build().chat(asking(parameters));
        assertThat(deepSeek.lastRequest().path()).startsWith("/beta/");
        return deepSeek.lastRequest().body().at("/tools/0/function");
    }

    static Stream<Arguments> mended() {
        JsonObjectSchema address =
                JsonObjectSchema.builder().addStringProperty("city").build();
        return Stream.of(
                // Optional, as LangChain4j says it of a text.
                Arguments.of(with(false, JsonStringSchema.builder().build()), "{'type':['string','null']}"),
                Arguments.of(with(true, JsonStringSchema.builder().build()), "{'type':'string'}"),
                Arguments.of(
                        with(true, address),
                        "{'type':'object','properties':{'city':{'type':['string','null']}},'required':['city'],"
                                + "'additionalProperties':false}"),
                Arguments.of(
                        with(false, address),
                        "{'anyOf':[{'type':'object','properties':{'city':{'type':['string','null']}},"
                                + "'required':['city'],'additionalProperties':false},{'type':'null'}]}"),
                Arguments.of(
                        with(
                                false,
                                JsonArraySchema.builder()
                                        .description("Names")
                                        .items(JsonStringSchema.builder().build())
                                        .build()),
                        "{'description':'Names','anyOf':[{'type':'array','items':{'type':'string'}},{'type':'null'}]}"),
                Arguments.of(
                        with(false, raw("{'type':'string','enum':['a','b']}")),
                        "{'anyOf':[{'type':'string','enum':['a','b']},{'type':'null'}]}"),
                Arguments.of(
                        with(false, raw("{'anyOf':[{'type':'string'},{'type':'integer'}]}")),
                        "{'anyOf':[{'type':'string'},{'type':'integer'},{'type':'null'}]}"),
                Arguments.of(
                        with(
                                true,
                                JsonAnyOfSchema.builder()
                                        .anyOf(
                                                address,
                                                JsonIntegerSchema.builder().build())
                                        .build()),
                        "{'anyOf':[{'type':'object','properties':{'city':{'type':['string','null']}},"
                                + "'required':['city'],'additionalProperties':false},{'type':'integer'}]}"),
                // A list of types that names an object or a list.
                Arguments.of(
                        with(true, raw("{'type':['array','null'],'items':{'type':'number'},'description':'d'}")),
                        "{'description':'d','anyOf':[{'type':'array','items':{'type':'number'}},{'type':'null'}]}"),
                Arguments.of(with(true, raw("{'type':['string','integer']}")), "{'type':['string','integer']}"),
                // Limits that are kept to stay.
                Arguments.of(
                        with(true, raw("{'type':'integer','minimum':1,'maximum':5,'multipleOf':2}")),
                        "{'type':'integer','minimum':1,'maximum':5,'multipleOf':2}"),
                Arguments.of(
                        with(true, raw("{'type':'string','format':'email','pattern':'.*','title':'E'}")),
                        "{'type':'string','format':'email','pattern':'.*','title':'E'}"),
                Arguments.of(
                        with(
                                true,
                                raw("{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},"
                                        + "'required':['a']}")),
                        "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':['string','null']}},"
                                + "'required':['a','b'],'additionalProperties':false}"));
    }

    @ParameterizedTest
    @MethodSource("mended")
    void should_close_objects_and_require_all_properties(JsonObjectSchema parameters, String property)
            throws IOException {
        JsonNode function = sent(parameters);

        assertThat(function.path("strict").asBoolean()).isTrue();
        assertThat(function.path("parameters").path("additionalProperties").asBoolean(true))
                .isFalse();
        assertThat(function.path("parameters").path("required")).hasSize(1);
        assertThat(JSON.readTree(function.at("/parameters/properties/p").toString()))
                .isEqualTo(JSON.readTree(property.replace('\'', '"')));
    }

    /** A tree: its optional child may be null, or it would have no end. */
    @Test
    void should_let_a_tree_end() throws IOException {
        JsonObjectSchema tree = JsonObjectSchema.builder()
                .addProperty(
                        "root", JsonReferenceSchema.builder().reference("node").build())
                .required("root")
                .definitions(Map.of(
                        "node",
                        JsonObjectSchema.builder()
                                .addStringProperty("name")
                                .addProperty(
                                        "next",
                                        JsonReferenceSchema.builder()
                                                .reference("node")
                                                .build())
                                .required("name")
                                .build()))
                .build();

        JsonNode parameters = sent(tree).path("parameters");

        assertThat(parameters.at("/properties/root/$ref").asText()).isEqualTo("#/$defs/node");
        assertThat(parameters.path("$defs").path("node"))
                .isEqualTo(JSON.readTree("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                        + "\"next\":{\"anyOf\":[{\"$ref\":\"#/$defs/node\"},{\"type\":\"null\"}]}},"
                        + "\"required\":[\"name\",\"next\"],\"additionalProperties\":false}"));
    }

    @Test
    void should_write_out_a_reference_that_may_be_null() {
        JsonObjectSchema person = JsonObjectSchema.builder()
                .addProperty(
                        "home",
                        JsonReferenceSchema.builder().reference("address").build())
                .definitions(Map.of(
                        "address",
                        JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .required("city")
                                .build()))
                .build();

        JsonNode home = sent(person).at("/parameters/properties/home/anyOf");

        assertThat(home.get(0).path("properties").has("city")).isTrue();
        assertThat(home.get(1).path("type").asText()).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string','minLength':1}                     | find.parameters.properties.p.minLength is not known",
                "{'type':'string','maxLength':1}                     | find.parameters.properties.p.maxLength is not known",
                "{'type':'string','format':'date-time'}              | find.parameters.properties.p.format is none of",
                "{'type':'array','items':{'type':'string','maxLength':1}} | find.parameters.properties.p.items.maxLength is",
                "{'type':'array','items':{'type':'string'},'minItems':1} | find.parameters.properties.p.minItems is not known",
                "{'type':'array'}                                    | find.parameters.properties.p is an array without items",
                "{'type':'object'}                                   | find.parameters.properties.p is an object without properties",
                "{'type':'object','additionalProperties':{'type':'string'}} | find.parameters.properties.p.additionalProperties must be false",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['b']} | find.parameters.properties.p.required names what is no property: b",
                "{'type':'object','properties':{'a':{}}}             | find.parameters.properties.p.properties.a has no type",
                "{'description':'anything'}                          | find.parameters.properties.p has no type",
                "{'type':'date'}                                     | find.parameters.properties.p.type is not known",
                "{'oneOf':[{'type':'string'}],'type':'string'}       | find.parameters.properties.p.oneOf is not known",
                "{'anyOf':[{'type':'string'},{'type':'string','minLength':2}]} | find.parameters.properties.p.anyOf[1].minLength is",
                "{'$ref':'#/$defs/nobody'}                           | find.parameters.properties.p.$ref leads nowhere",
                "{'$ref':'#/properties/p'}                           | find.parameters.properties.p.$ref leads nowhere",
                "{'$ref':'#/properties/p/x','x':{'$ref':'#/properties/p'}} | find.parameters.properties.p.$ref leads nowhere",
                "{'anyOf':[{'$ref':'#/properties/p'}]}               | find.parameters.properties.p.anyOf[0].$ref leads nowhere",
            })
    void should_name_what_can_not_be_said_with_its_path(String schema, String breach) {
        DeepSeekChatModel model = model().build();

        assertThatThrownBy(() -> model.chat(asking(with(true, raw(schema)))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(breach);
        assertThat(deepSeek.requests()).isEmpty();
    }

    @Test
    void should_name_all_of_them_at_once_also_before_a_stream() {
        JsonObjectSchema parameters = JsonObjectSchema.builder()
                .addProperty("a", raw("{'type':'string','minLength':1}"))
                .addProperty("b", raw("{'type':'object'}"))
                .build();
        DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash")
                .strictTools(true)
                .build();

        Throwable refused = catchThrowable(() -> model.chat(asking(parameters), new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {}

            @Override
            public void onError(Throwable error) {}
        }));

        assertThat(refused)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("find.parameters.properties.a.minLength")
                .hasMessageContaining("find.parameters.properties.b is an object without properties");
    }

    @Test
    void should_send_functions_without_strict_where_the_check_is_lenient() {
        deepSeek.respond(Answer.text("Hello"));

        model().parameterCheck(ParameterCheck.WARN)
                .build()
                .chat(asking(with(true, raw("{'type':'string','minLength':1}"))));

        JsonNode function = deepSeek.lastRequest().body().at("/tools/0/function");
        assertThat(function.has("strict")).isFalse();
        assertThat(function.at("/parameters/properties/p/minLength").asInt()).isEqualTo(1);
        assertThat(deepSeek.lastRequest().path()).isEqualTo("/chat/completions");
    }

    /** Their rules are theirs; vLLM, say, takes any schema. */
    @Test
    void should_not_hold_other_hosts_to_it() {
        deepSeek.respond(Answer.text("Hello"));

        model().dialect(ReasoningDialect.VLLM).build().chat(asking(with(true, raw("{'type':'string','minLength':1}"))));

        assertThat(deepSeek.lastRequest().body().at("/tools/0/function/strict").asBoolean())
                .isTrue();
    }

    @Test
    void should_leave_schemas_as_they_are_without_it() throws IOException {
        deepSeek.respond(Answer.text("Hello"));

        model().strictTools(false).build().chat(asking(with(false, raw("{'type':'string','minLength':1}"))));

        assertThat(JSON.readTree(deepSeek.lastRequest()
                        .body()
                        .at("/tools/0/function/parameters")
                        .toString()))
                .isEqualTo(
                        JSON.readTree(
                                "{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"string\",\"minLength\":1}},\"required\":[]}"));
    }

    @Test
    void should_be_refused_by_the_simulator_where_nobody_has_mended_it() {
        String open = "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':true}";

        assertThat(catchThrowable(() -> model().strictTools(false)
                        .baseUrl(deepSeek.baseUrl() + "/beta")
                        .customParameters(Map.of(
                                "tools",
                                List.of(Map.of(
                                        "type",
                                        "function",
                                        "function",
                                        Map.of(
                                                "name",
                                                "find",
                                                "strict",
                                                true,
                                                "parameters",
                                                JSON.readTree(open.replace('\'', '"')))))))
                        .build()
                        .chat("Hi")))
                .hasMessageContaining("tools[0].function.parameters: additionalProperties must be false");
    }
}
