package io.github.deepthink4j.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.value.JsonTrees;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecedFieldsTest {

    private static final String CASES = """
            # one piece is what it is, numbers digit by digit
            [{"score":1.10,"id":12345678901234567890,"at":null}] | [{"score":1.10,"id":12345678901234567890,"at":null}]
            # texts are joined, also the same one twice
            "ha" ; "ha" | "haha"
            # objects field by field; what an object is counts once
            {"type":"web_search","query":"so"} ; {"type":"web_search","query":"lar"} | {"type":"web_search","query":"solar"}
            {"id":"a","status":"searching"} ; {"id":"","status":"done"} | {"id":"a","status":"done"}
            {"query":null,"n":null} ; {"query":"so"} ; {"query":null} | {"query":"so","n":null}
            # list items by their index
            [{"index":0,"id":"a","text":"x"}] ; [{"index":1,"id":"b"}] ; [{"index":0,"text":"y"}] | [{"index":0,"id":"a","text":"xy"},{"index":1,"id":"b"}]
            # or one behind the other
            [{"id":"a"}] ; [{"id":"b"}] | [{"id":"a"},{"id":"b"}]
            # what was said before may be said again
            [{"id":"a"}] ; [{"id":"a"},{"id":"b"}] ; [{"id":"a"},{"id":"b"}] | [{"id":"a"},{"id":"b"}]
            # kinds that do not go together: one behind the other, each put together as it is alone
            "x" ; {"a":1} | ["x",{"a":1}]
            "x" ; "y" ; {"q":"so"} ; {"q":"lar"} ; "z" | ["xy",{"q":"solar"},"z"]
            "x" ; [{"id":"a"}] ; [{"id":"b"}] | ["x",{"id":"a"},{"id":"b"}]
            [{"id":"a"}] ; {"id":"b"} | [{"id":"a"},{"id":"b"}]
            {"q":"so"} ; {"q":["lar"]} | {"q":["so","lar"]}
            [{"index":0,"q":"so"}] ; [{"index":0,"q":{"a":1}}] ; [7] | [{"index":0,"q":"so"},{"index":0,"q":{"a":1}},7]
            "x" ; 1 | ["x",1]
            # of what is no text the last one counts, and of what an object is
            1 ; 2 | 2
            1 ; true | true
            {"status":"searching"} ; {"status":3} | {"status":3}
            """;

    private static JsonNode json(String text) throws IOException {
        return JsonTrees.exactly(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = CASES)
    void should_put_a_field_together(String pieces, String together) throws IOException {
        PiecedFields fields = new PiecedFields();
        for (String piece : pieces.split(" ; ")) {
            fields.add("blocks", json(piece), false);
        }

        assertThat(fields.together().get("blocks")).hasToString(together);
    }

    /** Looking for something in all pieces so far with each of them would take hours here. */
    @Test
    @Timeout(60)
    void should_put_very_many_pieces_together() throws IOException {
        PiecedFields fields = new PiecedFields();
        JsonNode piece = json("[{\"index\":0,\"query\":\"x\",\"at\":null,\"in\":{\"text\":\"y\"}}]");
        int many = 1_000_000;
        for (int i = 0; i < many; i++) {
            fields.add("blocks", piece, false);
        }

        JsonNode block = fields.together().get("blocks").get(0);

        assertThat(block.get("query").textValue()).hasSize(many);
        assertThat(block.get("in").get("text").textValue()).hasSize(many);
    }

    @Test
    void should_take_a_whole_field_in_place_of_its_pieces() throws IOException {
        PiecedFields fields = new PiecedFields();
        fields.add("blocks", json("[{\"id\":\"a\"}]"), false);
        fields.add("other", json("1"), false);
        fields.add("blocks", json("[{\"id\":\"b\"}]"), true);

        assertThat(fields.together()).hasToString("{blocks=[{\"id\":\"b\"}], other=1}");
    }
}
