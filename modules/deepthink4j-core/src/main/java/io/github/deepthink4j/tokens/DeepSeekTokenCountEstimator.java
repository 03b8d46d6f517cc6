package io.github.deepthink4j.tokens;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.internal.request.SchemaJson;
import io.github.deepthink4j.internal.request.WantedReasoning;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ThinkingDefault;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many tokens a request will have, without asking anybody: by DeepSeek's documented ratios, or with a
 * tokenizer of yours. Reasoning counts where it will be sent, and tool calls, tool definitions and the chat template count
 * too.
 *
 * <p>It is a {@link ChatModelListener}: among the listeners of a model it learns from each answer how far it was off. One
 * object should then go with one model. Thread-safe.
 */
public final class DeepSeekTokenCountEstimator implements TokenCountEstimator, ChatModelListener {

    /** The most tokens of an image, as which each is counted, whatever its size (docs/protocol.md, section 2.10). */
    public static final int MOST_OF_IMAGE = 384;

    private final ModelProfile profile;
    private final TextTokenCounter counter;
    private final List<ToolSpecification> tools;
    private final boolean mayHaveTools;
    private final int toolTokens;
    private final Calibration calibration = new Calibration();

    private DeepSeekTokenCountEstimator(Builder builder) {
        this.profile = builder.profile;
        this.counter = builder.counter;
        this.tools = builder.tools;
        this.mayHaveTools = builder.mayHaveTools;
        this.toolTokens = raw(tools);
    }

    /** Builds an estimator. */
    public static Builder builder() {
        return new Builder();
    }

    /** An estimator by ratios for requests to this model. */
    public static DeepSeekTokenCountEstimator of(ModelProfile profile) {
        return builder().profile(profile).build();
    }

    @Override
    public int estimateTokenCountInText(String text) {
        return corrected(counter.count(text));
    }

    /** The message with its place in the chat template; its reasoning as if it were the last message of a request. */
    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
        return corrected(raw(List.of(message), mayHaveTools));
    }

    /** A whole request with these messages, and with the tools that the estimator was given. */
    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
        List<ChatMessage> all = new ArrayList<>();
        messages.forEach(all::add);
        return estimate(raw(all, mayHaveTools));
    }

    /**
     * Counts a request message by message, so that a conversation that grows is not counted from its beginning each time. What
     * is returned has no message yet.
     */
    public RunningTokenCount runningCount() {
        return new RunningTokenCount(this, wantedReasoning(mayHaveTools));
    }

    /** The definitions of tools, with the instructions that the template adds for them; 0 for none. */
    public int estimateTokenCountInTools(List<ToolSpecification> toolSpecifications) {
        return corrected(raw(toolSpecifications));
    }

    /** A request with its own messages and tools. */
    public int estimateTokenCountInRequest(ChatRequest request) {
        return corrected(rawRequest(request));
    }

    /**
     * Learns from a real answer.
     *
     * @param inputTokens what the server has counted, {@code prompt_tokens}
     */
    public void calibrate(ChatRequest request, int inputTokens) {
        calibration.learn(rawRequest(request), inputTokens);
    }

    /** What estimates are multiplied with by now; 1 as long as nothing was learnt. */
    public double calibrationFactor() {
        return calibration.factor();
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        TokenUsage usage = context.chatResponse().metadata().tokenUsage();
        if (usage != null && usage.inputTokenCount() != null) {
            calibrate(context.chatRequest(), usage.inputTokenCount());
        }
    }

    private int corrected(int tokens) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(tokens * calibration.factor()));
    }

    private int rawRequest(ChatRequest request) {
        List<ToolSpecification> specifications = request.toolSpecifications();
        boolean hasTools = specifications != null && !specifications.isEmpty();
        return MessageOverhead.REQUEST + raw(request.messages(), hasTools) + raw(hasTools ? specifications : List.of());
    }

    private WantedReasoning.TurnRule wantedReasoning(boolean hasTools) {
        return profile.thinkingDefault() == ThinkingDefault.NEVER
                ? (callsTools, inProgress) -> false
                : WantedReasoning.rule(profile.reasoningReplay(), hasTools);
    }

    private int raw(List<ChatMessage> messages, boolean hasTools) {
        BitSet withReasoning = WantedReasoning.in(messages, wantedReasoning(hasTools));
        int tokens = 0;
        for (int i = 0; i < messages.size(); i++) {
            ChatMessage message = messages.get(i);
            tokens += withoutReasoning(message) + (withReasoning.get(i) ? reasoningOf(message) : 0);
        }
        return tokens;
    }

    /** Corrected, with what a request has beside its messages. */
    int estimate(int messageTokens) {
        return corrected(MessageOverhead.REQUEST + messageTokens + toolTokens);
    }

    int reasoningOf(ChatMessage message) {
        return message instanceof AiMessage ai ? count(ai.thinking()) : 0;
    }

    int withoutReasoning(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return counter.count(system.text());
        }
        if (message instanceof UserMessage user) {
            return MessageOverhead.USER + count(user.name()) + raw(user);
        }
        if (message instanceof AiMessage ai) {
            int tokens = MessageOverhead.ASSISTANT + count(ai.text()) + count(carried(ai));
            for (ToolExecutionRequest call : ai.toolExecutionRequests()) {
                tokens += MessageOverhead.TOOL_CALL + count(call.name()) + count(call.arguments());
            }
            return tokens;
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return MessageOverhead.TOOL_RESULT
                    + result.contents().stream().mapToInt(this::raw).sum();
        }
        return counter.count(message.toString());
    }

    /** What server tools have left in it, which goes back as long as such tools are declared. */
    private static @Nullable String carried(AiMessage message) {
        return message.attributes().get(ReasoningDialect.CARRIED_ATTRIBUTE) instanceof String fields ? fields : null;
    }

    private int raw(UserMessage user) {
        return user.contents().stream().mapToInt(this::raw).sum();
    }

    private int raw(Content content) {
        return content instanceof TextContent text ? counter.count(text.text()) : MOST_OF_IMAGE;
    }

    private int raw(List<ToolSpecification> specifications) {
        int tokens = specifications.isEmpty() ? 0 : MessageOverhead.TOOLS;
        for (ToolSpecification tool : specifications) {
            tokens += MessageOverhead.TOOL + count(tool.name()) + count(tool.description());
            tokens += tool.parameters() == null ? 0 : counter.count(SchemaJson.text(tool.parameters()));
        }
        return tokens;
    }

    private int count(@Nullable String text) {
        return text == null ? 0 : counter.count(text);
    }

    /** Builds an estimator. */
    public static final class Builder {

        private ModelProfile profile = ModelProfile.V4_1;
        private TextTokenCounter counter = TextTokenCounter.RATIOS;
        private List<ToolSpecification> tools = List.of();
        private boolean mayHaveTools = true;

        private Builder() {}

        /** The model, whose rule says which reasoning is sent; {@link ModelProfile#V4_1} by default. */
        public Builder profile(ModelProfile profile) {
            this.profile = requireNonNull(profile, "profile");
            return this;
        }

        /** What counts plain text, such as a {@link TokenizerJson}; {@link TextTokenCounter#RATIOS} by default. */
        public Builder counter(TextTokenCounter counter) {
            this.counter = requireNonNull(counter, "counter");
            return this;
        }

        /** The tools that each request will have, to be counted with the messages. */
        public Builder tools(List<ToolSpecification> tools) {
            this.tools = List.copyOf(tools);
            return hasTools(!tools.isEmpty());
        }

        /**
         * Whether requests have tools, which decides about their reasoning from V4-0731 on; by default they may, and all
         * reasoning counts there.
         */
        public Builder hasTools(boolean hasTools) {
            this.mayHaveTools = hasTools;
            return this;
        }

        public DeepSeekTokenCountEstimator build() {
            return new DeepSeekTokenCountEstimator(this);
        }
    }
}
