package io.github.deepthink4j.agent.routing;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.github.deepthink4j.internal.request.SchemaJson;
import io.github.deepthink4j.profile.PromptLanguage;
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

    /** The same in Chinese. */
    public static final RoutingPrompts CHINESE = new RoutingPrompts("""
            先不要回答，只做计划。可以调用的工具有：
            {{tools}}
            会有别人按你的计划去调用，再把结果告诉你，然后由你来写回答。现在只写计划：调用哪些工具，按什么顺序，用什么参数，哪一步取决于哪个结果。\
            如果不需要工具，就直接说不需要。""", """
            请用你的工具执行下面的计划。如果某个结果要求改变做法，就不必照计划来。
            {{plan}}""", """
            只调用需要的工具。没有可调用的了，就只说“完成”两个字：回答由别人来写。""", """
            工具已经调用完，结果在上面。现在请根据这些结果回答我的问题，不要再调用工具。""", """
            工具已经按你的计划调用完，结果在上面。现在请根据这些结果回答我的问题，不要再调用工具。你的计划是：
            {{plan}}""");

    static RoutingPrompts in(PromptLanguage language) {
        return language == PromptLanguage.CHINESE ? CHINESE : DEFAULT;
    }

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

    String askForPlan(List<ToolSpecification> tools, PromptLanguage language) {
        return plan.replace(
                TOOLS, tools.stream().map(tool -> tell(tool, language)).collect(Collectors.joining("\n")));
    }

    private static String tell(ToolSpecification tool, PromptLanguage language) {
        boolean chinese = language == PromptLanguage.CHINESE;
        String description = tool.description() == null ? "" : (chinese ? "：" : ": ") + tool.description();
        String none = chinese ? "无" : "none";
        String parameters = tool.parameters() == null ? none : SchemaJson.text(tool.parameters());
        return "- " + tool.name() + description + (chinese ? "（参数：%s）" : " (arguments: %s)").formatted(parameters);
    }

    String tellPlan(String text) {
        return carryOut.replace(PLAN, text);
    }

    String askForAnswer(String text) {
        return answerByPlan.replace(PLAN, text);
    }
}
