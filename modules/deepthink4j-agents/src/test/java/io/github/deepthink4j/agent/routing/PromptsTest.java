package io.github.deepthink4j.agent.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.agent.structure.StructurePrompts;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What parts are told in the user's own words. */
class PromptsTest {

    private record Wrong(String missing, ThrowingCallable call) {}

    static List<Wrong> wrong() {
        return List.of(
                new Wrong(
                        "'plan' must contain {{tools}}", () -> new RoutingPrompts("p", "{{plan}}", "", "", "{{plan}}")),
                new Wrong(
                        "'carryOut' must contain {{plan}}",
                        () -> new RoutingPrompts("{{tools}}", "c", "", "", "{{plan}}")),
                new Wrong(
                        "'answerByPlan' must contain {{plan}}",
                        () -> new RoutingPrompts("{{tools}}", "{{plan}}", "", "", "a")),
                new Wrong(
                        "'reason' must contain {{schema}}",
                        () -> new StructurePrompts("r", "{{answer}}", "{{findings}}")),
                new Wrong(
                        "'structure' must contain {{answer}}",
                        () -> new StructurePrompts("{{schema}}", "s", "{{findings}}")),
                new Wrong(
                        "'repair' must contain {{findings}}",
                        () -> new StructurePrompts("{{schema}}", "{{answer}}", "r")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void should_say_which_placeholder_is_missing(Wrong wrong) {
        assertThatThrownBy(wrong.call())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wrong.missing());
    }

    @Test
    void should_put_tools_and_plan_in_their_places() {
        RoutingPrompts prompts = new RoutingPrompts("Tools:\n{{tools}}", "By {{plan}}", "", "", "After {{plan}}");
        ToolSpecification bare = ToolSpecification.builder().name("now").build();
        ToolSpecification told = ToolSpecification.builder()
                .name("weather")
                .description("In a city")
                .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
                .build();

        assertThat(prompts.askForPlan(List.of(bare, told), PromptLanguage.ENGLISH))
                .startsWith("Tools:\n- now (arguments: none)\n- weather: In a city (arguments: {")
                .contains("\"city\"");
        assertThat(prompts.tellPlan("1. Call.")).isEqualTo("By 1. Call.");
        assertThat(prompts.askForAnswer("1. Call.")).isEqualTo("After 1. Call.");
    }
}
