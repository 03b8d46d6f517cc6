package io.github.deepthink4j.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.github.deepthink4j.internal.value.JsonTrees;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of any size, depth and shape: docs/protocol.md, section 2.4. */
@Timeout(60)
class StrictSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    @SuppressWarnings("unchecked") // it is an object
    private static Map<String, Object> map(String json) throws IOException {
        return JSON.readValue(quoted(json), Map.class);
    }

    private static ToolSpecification tool(JsonSchemaElement property) {
        return ToolSpecification.builder()
                .name("find")
                .parameters(JsonObjectSchema.builder()
                        .addProperty("p", property)
                        .required("p")
                        .build())
                .build();
    }

    private static ToolSpecification raw(String json) {
        return tool(JsonRawSchema.from(quoted(json)));
    }

    /** Definitions that each refer to the next one, and a last one without a reference. */
    private static Map<String, Object> chain(int length, IntFunction<String> definition) throws IOException {
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (int i = 0; i < length; i++) {
            definitions.put("d" + i, map(definition.apply(i + 1)));
        }
        definitions.put("d" + length, map("{'type':'string'}"));
        Map<String, Object> schema =
                map("{'type':'object','properties':{'p':{'anyOf':[{'$ref':'#/$defs/d0'}]}},'required':['p']}");
        schema.put("$defs", definitions);
        return schema;
    }

    private static String twice(int next) {
        String reference = "{'$ref':'#/$defs/d" + next + "'}";
        return "{'anyOf':[" + reference + ",{'type':'array','items':" + reference + "}]}";
    }

    private static String twiceWrittenOut(int next) {
        String reference = "{'$ref':'#/$defs/d" + next + "'}";
        return "{'anyOf':[" + reference + ",{'type':'object','properties':{'o':" + reference + "}}]}";
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 2000})
    void should_take_a_time_that_grows_with_the_schema(int length) throws IOException {
        StrictSchema plain = StrictSchema.of(chain(length, StrictSchemaTest::twice), "f");
        StrictSchema within = StrictSchema.of(chain(length, StrictSchemaTest::twiceWrittenOut), "f");

        assertThat(plain.breaches()).isEmpty();
        assertThat(within.breaches()).isEmpty();
        assertThat(JsonTrees.text(Map.of("s", JSON.valueToTree(within.mended())))
                        .length())
                .isLessThan(20_000 * length);
    }

    @Test
    void should_write_out_what_has_an_end() throws IOException {
        JsonNode mended = JSON.valueToTree(
                StrictSchema.of(chain(20, StrictSchemaTest::twice), "f").mended());

        JsonNode choice = mended.at("/properties/p/anyOf/0");
        for (int i = 0; i < 20; i++) {
            assertThat(choice.at("/anyOf/1/items/$ref").asText()).isEqualTo("#/$defs/d" + (i + 1));
            choice = choice.at("/anyOf/0");
        }
        assertThat(choice).isEqualTo(JSON.readTree("{\"type\":\"string\"}"));
    }

    @Test
    void should_name_a_breach_in_a_definition_once_with_its_own_path() throws IOException {
        Map<String, Object> schema = map("{'type':'object','properties':{"
                + "'a':{'anyOf':[{'$ref':'#/$defs/x'},{'$ref':'#/$defs/x'}]},'b':{'$ref':'#/$defs/x'}},"
                + "'$defs':{'x':{'type':'string','minLength':1}}}");

        assertThat(StrictSchema.of(schema, "f").breaches())
                .containsExactly("f.$defs.x.minLength is not known to strict functions");
    }

    @Test
    void should_keep_what_is_said_beside_a_reference() throws IOException {
        Map<String, Object> schema = map("{'type':'object','properties':{"
                + "'a':{'$ref':'#/$defs/x~1y','description':'here'}},'$defs':{'x/y':{'type':'string'}}}");

        assertThat(JSON.<JsonNode>valueToTree(StrictSchema.of(schema, "f").mended())
                        .at("/properties/a")
                        .toString())
                .isEqualTo("{\"type\":[\"string\",\"null\"],\"description\":\"here\"}");
    }

    /** Of many types at each of many levels each would be looked at for each. */
    @Test
    void should_not_repeat_what_several_types_have_in_common() throws IOException {
        String schema = "{'type':'string'}";
        for (int i = 0; i < 60; i++) {
            schema = "{'type':['object','array','null'],'properties':{'a':" + schema + "},'items':{'type':'string'}}";
        }

        StrictSchema strict = StrictSchema.of(map("{'type':'object','properties':{'p':" + schema + "}}"), "f");

        assertThat(strict.breaches()).isEmpty();
        assertThat(JSON.<JsonNode>valueToTree(strict.mended())
                        .at("/properties/p/anyOf/1")
                        .toString())
                .isEqualTo("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}");
        assertThat(StrictSchema.of(
                                map(
                                        "{'type':'object','properties':{'p':{'type':['array','null'],'anyOf':[{'type':'null'}]}}}"),
                                "f")
                        .breaches())
                .containsExactly("f.properties.p has several types and an anyOf: put the types into the anyOf");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':null}                                     | .type must be a text or a list of texts",
                "{'type':5}                                        | .type must be a text or a list of texts",
                "{'type':[]}                                       | .type must be a text or a list of texts",
                "{'type':['string',null]}                          | .type must be a text or a list of texts",
                "{'type':'object','properties':null}               | .properties must be an object of schemas",
                "{'type':'object','properties':['a']}              | .properties must be an object of schemas",
                "{'type':'object','properties':{'a':null}}         | .properties.a is no schema",
                "{'type':'object','properties':{'a':true},'required':['a']} | .properties.a is no schema",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':null} | .required must be a list of texts",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':[null]} | .required must be a list of texts",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':'a'} | .required must be a list of texts",
                "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':true} | .additionalProperties must be false",
                "{'type':'array','items':null}                     | .items is no schema",
                "{'type':'array','items':[{'type':'string'}]}      | .items is no schema",
                "{'anyOf':null}                                    | .anyOf must be a list of schemas",
                "{'anyOf':[]}                                      | .anyOf must be a list of schemas",
                "{'anyOf':{'type':'string'}}                       | .anyOf must be a list of schemas",
                "{'anyOf':[null]}                                  | .anyOf[0] is no schema",
                "{'enum':[]}                                       | .enum must be a list of values",
                "{'enum':'a'}                                      | .enum must be a list of values",
                "{'$ref':null}                                     | .$ref must be a text",
                "{'$ref':'#/$defs/a','$defs':[]}                   | .$defs must be an object of schemas",
                "{'type':'string','$defs':{'a':null}}              | .$defs.a is no schema",
            })
    void should_name_what_is_no_schema_with_its_path(String schema, String breach) {
        assertThat(SchemaJson.breaches(raw(schema)))
                .anySatisfy(it -> assertThat(it).startsWith("find.parameters.properties.p" + breach));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'text'", "5", "{'type':", "{'type':'string'} {}", "type"})
    void should_name_a_raw_schema_that_is_none(String schema) {
        ToolSpecification tool = tool(JsonArraySchema.builder()
                .items(JsonRawSchema.from(quoted(schema)))
                .build());

        for (boolean strict : new boolean[] {true, false}) {
            assertThatThrownBy(() -> SchemaJson.parameters(tool, strict))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("the JSON schema can't be sent: find.parameters.properties.p.items is a raw schema that"
                            + " is no JSON object");
        }
        assertThatThrownBy(() -> SchemaJson.breaches(tool)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_name_an_array_of_nothing() {
        ToolSpecification tool = tool(JsonArraySchema.builder().build());

        assertThatThrownBy(() -> SchemaJson.parameters(tool, false))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("find.parameters.properties.p.items is null");
    }

    private static JsonSchemaElement objects(int levels) {
        JsonSchemaElement schema = JsonStringSchema.builder().build();
        for (int i = 0; i < levels; i++) {
            schema = JsonObjectSchema.builder().addProperty("a", schema).build();
        }
        return schema;
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 900, 100_000})
    void should_refuse_what_is_too_deep_with_its_path(int levels) {
        ToolSpecification tool = tool(objects(levels));

        for (boolean strict : new boolean[] {true, false}) {
            assertThatThrownBy(() -> SchemaJson.parameters(tool, strict))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("find.parameters.properties.p.properties.a")
                    .hasMessageContaining("is nested more than 300 levels deep")
                    .hasMessageMatching("(?s).{0,220}");
        }
        assertThatThrownBy(() -> SchemaJson.text(tool.parameters())).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_refuse_a_raw_schema_that_is_too_deep() {
        for (int levels : new int[] {200, 600, 50_000}) {
            ToolSpecification tool =
                    raw("{'items':".repeat(levels) + "[".repeat(200) + "]".repeat(200) + "}".repeat(levels));

            assertThatThrownBy(() -> SchemaJson.parameters(tool, true))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("find.parameters.properties.p is nested more than 300 levels deep");
        }
    }

    /** As JSON it is a tree, with each part in each place. */
    @Test
    void should_refuse_parts_that_stand_in_too_many_places() {
        JsonSchemaElement schema = JsonStringSchema.builder().build();
        for (int i = 0; i < 40; i++) {
            schema = JsonObjectSchema.builder()
                    .addProperty("a", schema)
                    .addProperty("b", schema)
                    .build();
        }
        ToolSpecification tool = tool(schema);

        assertThatThrownBy(() -> SchemaJson.parameters(tool, false))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the JSON schema can't be sent: find.parameters has more than 100000 parts");
    }

    @Test
    void should_write_what_is_deep_enough() {
        assertThat(SchemaJson.breaches(tool(objects(140)))).isEmpty();
        assertThat(SchemaJson.parameters(tool(objects(140)), true)).containsKey("properties");

        String arrays = "{'type':['array','null'],'items':".repeat(250) + "{'type':'string'}" + "}".repeat(250);

        assertThat(SchemaJson.breaches(raw(arrays))).isEmpty();
        assertThat(SchemaJson.parameters(raw(arrays), true)).containsKey("properties");
    }

    @Test
    void should_not_close_an_open_map_without_a_word() {
        JsonSchemaElement open = JsonObjectSchema.builder()
                .addStringProperty("a")
                .additionalProperties(true)
                .build();
        ToolSpecification tool = ToolSpecification.builder()
                .name("find")
                .parameters(JsonObjectSchema.builder()
                        .addProperty("p", JsonArraySchema.builder().items(open).build())
                        .additionalProperties(true)
                        .build())
                .build();

        assertThat(SchemaJson.breaches(tool))
                .containsExactly(
                        "find.parameters.additionalProperties must be false: name each property",
                        "find.parameters.properties.p.items.additionalProperties must be false: name each property");
    }
}
