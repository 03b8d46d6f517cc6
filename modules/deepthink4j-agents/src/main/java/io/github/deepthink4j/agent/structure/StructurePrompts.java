package io.github.deepthink4j.agent.structure;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.github.deepthink4j.internal.request.SchemaJson;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the parts of {@link ReasonThenStructure} are told.
 *
 * @param reason    added to the question for the reasoner; <code>{{schema}}</code> is replaced by the JSON schema
 * @param structure for the structurer: <code>{{question}}</code> and <code>{{answer}}</code>
 * @param repair    for the structurer: <code>{{findings}}</code>, one a line
 */
public record StructurePrompts(String reason, String structure, String repair) {

    private static final String SCHEMA = "{{schema}}";
    private static final String QUESTION = "{{question}}";
    private static final String ANSWER = "{{answer}}";
    private static final String FINDINGS = "{{findings}}";
    private static final Pattern QUESTION_OR_ANSWER =
            Pattern.compile(Pattern.quote(QUESTION) + "|" + Pattern.quote(ANSWER));

    /** In English. */
    public static final StructurePrompts DEFAULT = new StructurePrompts("""
            Answer in words, not in JSON: somebody else puts your answer into a form. Say everything that this form asks \
            for, and say so where it is not known:
            {{schema}}""", """
            Put this answer into JSON. Take everything from the answer; add nothing, leave nothing out.

            Question:
            {{question}}

            Answer:
            {{answer}}""", """
            That JSON does not fit:
            {{findings}}
            Write the whole JSON again so that it fits. Take everything from the answer.""");

    /** The same in Chinese. */
    public static final StructurePrompts CHINESE = new StructurePrompts("""
            请用文字回答，不要用 JSON：之后会由别人把你的回答填进表格。表格要求的内容都要说到，不知道的请说明不知道：
            {{schema}}""", """
            请把下面的回答写成 JSON。内容全部取自回答，不要增加，也不要遗漏。

            问题：
            {{question}}

            回答：
            {{answer}}""", """
            这个 JSON 不符合要求：
            {{findings}}
            请重新写出完整的、符合要求的 JSON。内容全部取自回答。""");

    static StructurePrompts in(PromptLanguage language) {
        return language == PromptLanguage.CHINESE ? CHINESE : DEFAULT;
    }

    /**
     * @throws IllegalArgumentException if a placeholder is missing
     */
    public StructurePrompts {
        requirePlaceholder("reason", reason, SCHEMA);
        requirePlaceholder("structure", structure, ANSWER);
        requirePlaceholder("repair", repair, FINDINGS);
    }

    private static void requirePlaceholder(String name, String prompt, String placeholder) {
        if (!requireNonNull(prompt, name).contains(placeholder)) {
            throw new IllegalArgumentException("the prompt '" + name + "' must contain " + placeholder);
        }
    }

    String askFreely(ResponseFormat format, PromptLanguage language) {
        JsonSchema schema = format.jsonSchema();
        String any = language == PromptLanguage.CHINESE ? "任意 JSON" : "any JSON";
        return reason.replace(SCHEMA, schema == null ? any : SchemaJson.text(schema.rootElement()));
    }

    /** Both at once: a question may speak of placeholders. */
    String askForJson(String question, String answer) {
        return QUESTION_OR_ANSWER
                .matcher(structure)
                .replaceAll(found -> Matcher.quoteReplacement(found.group().equals(QUESTION) ? question : answer));
    }

    String askForRepair(List<String> findings) {
        return repair.replace(FINDINGS, "- " + String.join("\n- ", findings));
    }
}
