package io.github.deepthink4j.agent.agentic;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agentic.planner.Action;
import dev.langchain4j.agentic.planner.AgentInstance;
import dev.langchain4j.agentic.planner.AgenticSystemTopology;
import dev.langchain4j.agentic.planner.InitPlanningContext;
import dev.langchain4j.agentic.planner.Planner;
import dev.langchain4j.agentic.planner.PlanningContext;
import dev.langchain4j.agentic.scope.AgentInvocation;
import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reason, act, review, and once more if the review says so: for {@code AgenticServices.plannerBuilder().planner(...)}. The first
 * sub-agent reasons, the last one reviews, those between act, one after the other. The result is that of the last one that acted.
 *
 * <pre>{@code
 * AgenticServices.plannerBuilder(Support.class)
 *         .subAgents(reasoner, actor, reviewer)
 *         .planner(ReasonActReviewPlanner.builder().maxRounds(2)::build)
 *         .build();
 * }</pre>
 *
 * <p>The reviewer's output stands in the scope under its own output key, so that the reasoner's prompt of the next round can speak of
 * it; before the first review it is {@value #NO_REVIEW_YET}, in the language of the question, if it is text. Whether the last review accepted the result stands under
 * {@value #ACCEPTED}. One instance serves one invocation, as agentic's supplier makes them.
 */
public final class ReasonActReviewPlanner implements Planner {

    /** The key in the scope for whether the last review accepted the result. */
    public static final String ACCEPTED = "accepted";

    /** What the review is before there is one. */
    public static final String NO_REVIEW_YET = "(no review yet)";

    /** {@link #NO_REVIEW_YET} in Chinese. */
    public static final String NO_REVIEW_YET_IN_CHINESE = "（还没有评审意见）";

    private static final Pattern APPROVAL =
            Pattern.compile("(?is)approved.*|(?:已|审核|评审|审查|予以)?(?:通过|批准|认可)(?!率|不|吗).*|同意(?!率|吗).*");

    private static final String ROUND = "round";
    private static final String CURSOR = "cursor";
    private static final int FEWEST_AGENTS = 3;

    private final int maxRounds;
    private final BiPredicate<AgenticScope, Object> accepted;
    private final PromptLanguage promptLanguage;
    private List<AgentInstance> agents = List.of();
    private int round = 1;
    private int cursor;
    private @Nullable Object result;

    private ReasonActReviewPlanner(Builder builder) {
        this.maxRounds = builder.maxRounds;
        this.accepted = builder.accepted;
        this.promptLanguage = builder.promptLanguage;
    }

    /**
     * @throws IllegalArgumentException if there are fewer than three sub-agents
     */
    @Override
    public void init(InitPlanningContext context) {
        agents = context.subagents();
        if (agents.size() < FEWEST_AGENTS) {
            throw new IllegalArgumentException("reason, act, review needs at least three sub-agents, but there are "
                    + agents.size() + ": add the one that reasons, those that act, and the one that reviews");
        }
        AgentInstance reviewer = agents.get(agents.size() - 1);
        if (reviewer.outputKey() != null && reviewer.outputType() == String.class) {
            context.agenticScope().writeStateIfAbsent(reviewer.outputKey(), noReviewYet(context.agenticScope()));
        }
    }

    private String noReviewYet(AgenticScope scope) {
        List<ChatMessage> question = scope.state().values().stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .max(Comparator.comparingInt(String::length))
                .<ChatMessage>map(UserMessage::from)
                .stream()
                .toList();
        return promptLanguage.in(question) == PromptLanguage.CHINESE ? NO_REVIEW_YET_IN_CHINESE : NO_REVIEW_YET;
    }

    @Override
    public Action firstAction(PlanningContext context) {
        return call(agents.get(cursor));
    }

    @Override
    public Action nextAction(PlanningContext context) {
        AgentInvocation invocation = context.previousAgentInvocation();
        Object output = invocation == null ? null : invocation.output();
        int reviewer = agents.size() - 1;
        if (cursor == reviewer) {
            boolean good = output != null && accepted.test(context.agenticScope(), output);
            context.agenticScope().writeState(ACCEPTED, good);
            if (good || round >= maxRounds) {
                return result == null ? done() : done(result);
            }
            round++;
            cursor = 0;
        } else {
            if (cursor > 0) {
                result = output;
            }
            cursor++;
        }
        return call(agents.get(cursor));
    }

    @Override
    public AgenticSystemTopology topology() {
        return AgenticSystemTopology.LOOP;
    }

    @Override
    public Map<String, Object> executionState() {
        return Map.of(ROUND, round, CURSOR, cursor);
    }

    @Override
    public void restoreExecutionState(Map<String, Object> state) {
        round = state.get(ROUND) instanceof Number stored ? stored.intValue() : 1;
        cursor = state.get(CURSOR) instanceof Number stored ? stored.intValue() : 0;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a planner; agentic wants a new one for each invocation, so pass {@code builder::build}. */
    public static final class Builder {

        private int maxRounds = 3;
        private BiPredicate<AgenticScope, Object> accepted = (scope, review) -> isApproval(review);
        private PromptLanguage promptLanguage = PromptLanguage.OF_CONVERSATION;

        private Builder() {}

        /** How often to reason and act at most; 3 by default. After the last round the result counts, accepted or not. */
        public Builder maxRounds(int maxRounds) {
            if (maxRounds < 1) {
                throw new IllegalArgumentException("maxRounds must be at least 1, but is " + maxRounds);
            }
            this.maxRounds = maxRounds;
            return this;
        }

        /**
         * Whether a review, the second argument, accepts the result. By default {@code true}, or a text that begins with
         * "approved" or its Chinese (通过, 批准, 认可, 同意).
         */
        public Builder accepted(BiPredicate<AgenticScope, Object> accepted) {
            this.accepted = requireNonNull(accepted, "accepted");
            return this;
        }

        private static boolean isApproval(Object review) {
            return Boolean.TRUE.equals(review)
                    || (review instanceof String text
                            && APPROVAL.matcher(text.strip()).matches());
        }

        /**
         * The language in which the scope says that there is no review yet; by default that of the longest text with which the
         * scope begins, which is the question.
         */
        public Builder promptLanguage(PromptLanguage promptLanguage) {
            this.promptLanguage = requireNonNull(promptLanguage, "promptLanguage");
            return this;
        }

        public ReasonActReviewPlanner build() {
            return new ReasonActReviewPlanner(this);
        }
    }
}
