package io.github.deepthink4j.agent.routing;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.github.deepthink4j.internal.request.SchemaJson;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the parts are told by {@link ToolStrategy#PLAN_CALL_ANSWER}, beside the conversation itself. Each is added to the last
 * user message, but {@code answer} and {@code answerByPlan}, which are a user message of their own after the tools' results.
 *
 * @param plan         asks the reasoner for a plan; <code>{{tools}}</code> is replaced by the tools, one a line
 * @param carryOut     tells the tool caller of the <code>{{plan}}</code>
 * @param onlyCall     tells the tool caller that another one writes the answer
 * @param answer       asks the reasoner for the answer where there is no plan
 * @param answerByPlan asks the reasoner for the answer, and reminds it of its <code>{{plan}}</code>
 */
public record RoutingPrompts(String plan, String carryOut, String onlyCall, String answer, String answerByPlan) {

    private static final String TOOLS = "{{tools}}";
    private static final String PLAN = "{{plan}}";

    /** In English. */
    public static final RoutingPrompts DEFAULT = new RoutingPrompts("""
            Do not answer this yet: plan it. These tools can be called:
            {{tools}}
            Somebody else calls them, by your plan, and tells you the results; then you will write the answer. Write only the \
            plan: which tools to call, in which order, with which arguments, and what depends on which result. If no tool is \
            needed, say so.""", """
            Carry out this plan for it with your tools. Depart from it where a result demands it.
            {{plan}}""", """
            Only call the tools that are needed. When there is nothing left to call, say the one word done: the answer is \
            written by somebody else.""", """
            The tools have been called, and their results are above. Answer my question now, from these results. Do not \
            call tools.""", """
            The tools have been called by your plan, and their results are above. Answer my question now, from these results. \
            Do not call tools. This was your plan:
            {{plan}}""");

    /**
     * @throws IllegalArgumentException if a placeholder is missing
     */
    public RoutingPrompts {
        requirePlaceholder("plan", plan, TOOLS);
        requirePlaceholder("carryOut", carryOut, PLAN);
        requireNonNull(onlyCall, "onlyCall");
        requireNonNull(answer, "answer");
        requirePlaceholder("answerByPlan", answerByPlan, PLAN);
    }

    private static void requirePlaceholder(String name, String prompt, String placeholder) {
        if (!requireNonNull(prompt, name).contains(placeholder)) {
            throw new IllegalArgumentException("the prompt '" + name + "' must contain " + placeholder);
        }
    }

    String askForPlan(List<ToolSpecification> tools) {
        return plan.replace(TOOLS, tools.stream().map(RoutingPrompts::tell).collect(Collectors.joining("\n")));
    }

    private static String tell(ToolSpecification tool) {
        String description = tool.description() == null ? "" : ": " + tool.description();
        String parameters = tool.parameters() == null ? "none" : SchemaJson.text(tool.parameters());
        return "- " + tool.name() + description + " (arguments: " + parameters + ")";
    }

    String tellPlan(String text) {
        return carryOut.replace(PLAN, text);
    }

    String askForAnswer(String text) {
        return answerByPlan.replace(PLAN, text);
    }
}
