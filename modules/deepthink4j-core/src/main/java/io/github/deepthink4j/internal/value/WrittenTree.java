package io.github.deepthink4j.internal.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;

/** A tree whose numbers are written again as they were read: {@code 1e2} and {@code -0} too. */
final class WrittenTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WrittenTree() {}

    /** The value at which a parser stands, which moves to its last token; Jackson bounds how deep it is. */
    static JsonNode at(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    object.set(name, at(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(at(parser));
                }
                yield array;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_STRING -> NODES.textNode(parser.getText());
            default -> throw new IOException("no value of JSON");
        };
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        String written = parser.getText();
        JsonNode number = parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
                ? DecimalNode.valueOf(parser.getDecimalValue())
                : switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
        return number.asText().equals(written) ? number : DecimalNode.valueOf(new Written(written));
    }

    /** Which Jackson writes as what it says that it is. */
    private static final class Written extends BigDecimal {

        private static final long serialVersionUID = 1L;

        private final String text;

        Written(String text) {
            super(text);
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
