package io.github.deepthink4j.spring;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.deepthink4j.agent.CombinedModelBuilder;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.agent.failover.FailoverModelBuilder;
import io.github.deepthink4j.agent.failover.FailoverStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingModelBuilder;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.settings.CallListener;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.BeanFactory;

/** Builds the models that are made of several, of beans: those of the properties by their names, and any other by the bean's. */
final class CombinedModels {

    private static final String STRATEGY = DeepSeekProperties.PREFIX + ".routing.strategy";

    private final ModelBlocks blocks;
    private final BeanFactory beans;

    CombinedModels(ModelBlocks blocks, BeanFactory beans) {
        this.blocks = blocks;
        this.beans = beans;
    }

    ChatModel routing() {
        ToolRoutingChatModel.Builder builder = routed(ToolRoutingChatModel.builder(), ChatModel.class, BeanNames::chat);
        return UnusableSettingException.checked(DeepSeekProperties.PREFIX + ".routing", builder::build);
    }

    StreamingChatModel routingStreaming() {
        ToolRoutingStreamingChatModel.Builder builder =
                routed(ToolRoutingStreamingChatModel.builder(), StreamingChatModel.class, BeanNames::streaming);
        return UnusableSettingException.checked(DeepSeekProperties.PREFIX + ".routing", builder::build);
    }

    ChatModel failover() {
        return parts(FailoverChatModel.builder(), ChatModel.class, BeanNames::chat)
                .build();
    }

    StreamingChatModel failoverStreaming() {
        return parts(FailoverStreamingChatModel.builder(), StreamingChatModel.class, BeanNames::streaming)
                .build();
    }

    private <M, B extends ToolRoutingModelBuilder<M, B>> B routed(
            B builder, Class<M> type, UnaryOperator<String> bean) {
        DeepSeekProperties.Routing routing = blocks.all().getRouting();
        builder.reasoner(part("routing.reasoner", CombinedParts.reasoner(blocks), type, bean))
                .toolCaller(part("routing.tool-caller", CombinedParts.toolCaller(blocks), type, bean));
        if (routing != null) {
            builder.strategy(strategy(routing.strategy())).plan(routing.plan()).answer(routing.answer());
        }
        return told(builder);
    }

    private static ToolStrategy strategy(String name) {
        return switch (name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "")) {
            case "route" -> ToolStrategy.ROUTE;
            case "plancallanswer" -> ToolStrategy.PLAN_CALL_ANSWER;
            default ->
                throw new UnusableSettingException(
                        STRATEGY, "'" + name + "' is not known", "Use route or plan-call-answer");
        };
    }

    private <M, B extends FailoverModelBuilder<M, B>> B parts(B builder, Class<M> type, UnaryOperator<String> bean) {
        DeepSeekProperties.Failover failover = blocks.all().getFailover();
        for (String name : CombinedParts.of(blocks, ModelBlocks.FAILOVER)) {
            M model = part("failover.parts", name, type, bean);
            UnusableSettingException.checked(
                    DeepSeekProperties.PREFIX + ".failover.parts", () -> builder.namedPart(name, model));
        }
        builder.failoverOnEmptyBalance(failover != null && failover.onEmptyBalance());
        return told(builder);
    }

    private <M> M part(String property, String name, Class<M> type, UnaryOperator<String> bean) {
        if (blocks.has(name) || blocks.isCombined(name)) {
            return beans.getBean(bean.apply(name), type);
        }
        if (beans.containsBean(name) && beans.isTypeMatch(name, type)) {
            return beans.getBean(name, type);
        }
        throw new UnusableSettingException(
                DeepSeekProperties.PREFIX + "." + property,
                "there is no model '" + name + "'",
                blocks.oneOf(property.replaceFirst("\\..*", "")));
    }

    /** Other listeners hear each call from the parts, and would hear it twice. */
    private <B extends CombinedModelBuilder<B>> B told(B builder) {
        return builder.listeners(beans.getBeanProvider(ChatModelListener.class)
                .orderedStream()
                .filter(CallListener.class::isInstance)
                .toList());
    }
}
