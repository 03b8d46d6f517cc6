package io.github.deepthink4j.testkit.internal.shape;

import static io.github.deepthink4j.testkit.internal.shape.Shape.bool;
import static io.github.deepthink4j.testkit.internal.shape.Shape.listOf;
import static io.github.deepthink4j.testkit.internal.shape.Shape.oneOf;
import static io.github.deepthink4j.testkit.internal.shape.Shape.struct;
import static io.github.deepthink4j.testkit.internal.shape.Shape.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A message of a request. What is wrong in it is said of the message as a whole, but for its role (docs/protocol.md, section 12).
 *
 * @param images   whether the model takes them
 * @param textOnly whether no message may have its content in parts
 * @param answered whether a part is one that an answer has had: it comes back as it was
 */
record MessageShape(
        Generation generation, boolean images, boolean files, boolean textOnly, Predicate<JsonNode> answered)
        implements Shape {

    private static final String[] ROLES = {"system", "user", "assistant", "tool"};
    private static final String[] ROLES_OF_V4 = {"system", "user", "assistant", "tool", "latest_reminder"};
    private static final Shape CALL = struct(
            "ChatCompletionMessageToolCall",
            Map.of(
                    "id",
                    text(),
                    "type",
                    oneOf("function"),
                    "function",
                    struct("FunctionCall", Map.of("name", text(), "arguments", text()), Map.of())),
            Map.of());
    private static final Shape IMAGE = struct("ImageUrl", Map.of("url", text()), Map.of("detail", text()));

    @Override
    public void check(String path, Located value, Complaints complaints) {
        if (!value.json().isObject()) {
            complaints.add(path, Shape.invalidType(value.json(), "struct ChatCompletionRequestMessage"), value.end());
            return;
        }
        Located role = value.fields().get("role");
        if (role == null) {
            complaints.add(path, "missing field `role`", value.end());
            return;
        }
        Shape roles = oneOf(Rule.KNOWN_ROLES, isBefore(Generation.V4) ? ROLES : ROLES_OF_V4);
        if (!roles.takes(role)) {
            roles.check(path + ".role", role, complaints);
            return;
        }
        of(role.json().asText()).saidOfTheWhole().check(path, value, complaints);
    }

    private Shape of(String role) {
        Map<String, Shape> all = Map.of("name", text());
        return switch (role) {
            case "assistant" ->
                struct(
                        "Assistant",
                        Map.of(),
                        Map.of(
                                "name",
                                text(),
                                "content",
                                content(role),
                                "reasoning_content",
                                text(),
                                "tool_calls",
                                listOf(CALL),
                                "prefix",
                                bool()));
            case "tool" -> struct("Tool", Map.of("content", content(role), "tool_call_id", text()), all);
            default -> struct(role, Map.of("content", content(role)), all);
        };
    }

    private Shape content(String role) {
        boolean inAnswers = role.equals("assistant") || role.equals("tool");
        boolean wantsText = textOnly || inAnswers && isBefore(Generation.V4);
        return (path, value, complaints) -> {
            if (!value.json().isArray()) {
                text().check(path, value, complaints);
            } else if (wantsText) {
                complaints.add(Rule.NO_CONTENT_ARRAYS, path, Shape.invalidType(value.json(), "a string"), value.end());
            } else {
                Shape part = role.equals("assistant") ? this::partOfAnswer : this::part;
                listOf(part).check(path, value, complaints);
            }
        };
    }

    private void partOfAnswer(String path, Located part, Complaints complaints) {
        if (!answered.test(part.json())) {
            part(path, part, complaints);
        }
    }

    private void part(String path, Located part, Complaints complaints) {
        Located type = part.fields().get("type");
        if (type == null) {
            complaints.add(path, "missing field `type`", part.end());
            return;
        }
        String name = type.json().asText();
        switch (name) {
            case "text" -> struct("Text", Map.of("text", text()), Map.of()).check(path, part, complaints);
            case "image_url" -> {
                if (images) {
                    struct("Image", Map.of("image_url", IMAGE), Map.of()).check(path, part, complaints);
                } else {
                    complaints.add(Rule.IMAGES, path, unknownPart(name), part.end());
                }
            }
            case "file" -> {
                if (!files) {
                    complaints.add(path, unknownPart(name), part.end());
                }
            }
            default -> complaints.add(path, unknownPart(name), part.end());
        }
    }

    private String unknownPart(String type) {
        if (isBefore(Generation.V4)) {
            return "data did not match any variant of untagged enum ChatCompletionRequestContent";
        }
        if (!images) {
            return Shape.unknownVariant(type, "text");
        }
        return files
                ? Shape.unknownVariant(type, "text", "image_url", "file")
                : Shape.unknownVariant(type, "text", "image_url");
    }

    private boolean isBefore(Generation other) {
        return generation.isBefore(other);
    }
}
