package io.github.deepthink4j.spring;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ResponseFormat;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekAccount;
import io.github.deepthink4j.model.DeepSeekCallBuilder;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekModelCatalog;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.LostReasoning;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.settings.CallGate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** Builds the models that the properties describe, with what the application's context has for them. */
final class DeepSeekModels {

    private final ModelBlocks blocks;
    private final BeanFactory beans;
    private final Connections connections;

    DeepSeekModels(ModelBlocks blocks, BeanFactory beans, Connections connections) {
        this.blocks = blocks;
        this.beans = beans;
        this.connections = connections;
    }

    ModelBlocks blocks() {
        return blocks;
    }

    DeepSeekChatModel chatModel(String name) {
        DeepSeekChatModel.Builder builder = configured(DeepSeekChatModel.builder(), name);
        return connections.built(name, builder::build);
    }

    DeepSeekStreamingChatModel streamingChatModel(String name) {
        DeepSeekStreamingChatModel.Builder builder = configured(DeepSeekStreamingChatModel.builder(), name);
        return connections.built(name, builder::build);
    }

    DeepSeekModelCatalog catalog() {
        DeepSeekModelCatalog.Builder builder =
                connections.connected(DeepSeekModelCatalog.builder(), ModelBlocks.DEFAULT);
        return connections.built(ModelBlocks.DEFAULT, builder::build);
    }

    DeepSeekAccount account() {
        DeepSeekAccount.Builder builder = connections.connected(DeepSeekAccount.builder(), ModelBlocks.DEFAULT);
        return connections.built(ModelBlocks.DEFAULT, builder::build);
    }

    private <B extends DeepSeekModelBuilder<B>> B configured(B builder, String name) {
        ModelProperties model = blocks.properties(name);
        called(builder, name);
        ValueChecks.model(blocks.prefix(name), model);
        builder.modelName(model.getModelName());
        ifSet(model.getThinking(), builder::thinking);
        builder.reasoningEffort(effort(name));
        ifSet(model.getPromptLanguage(), builder::promptLanguage);
        builder.maxOutputTokens(model.getMaxOutputTokens())
                .temperature(model.getTemperature())
                .topP(model.getTopP())
                .frequencyPenalty(model.getFrequencyPenalty())
                .presencePenalty(model.getPresencePenalty())
                .userId(ModelBlocks.filled(model.getUserId()))
                .seed(model.getSeed());
        if (!model.getStopSequences().isEmpty()) {
            checked(name, "stop-sequences", () -> builder.stopSequences(model.getStopSequences()));
        }
        ifSet(
                model.getResponseFormat(),
                type -> builder.responseFormat(
                        ResponseFormat.builder().type(type).build()));
        ifSet(model.getSafetyCheck(), builder::safetyCheck);
        if (!model.getServerTools().isEmpty()) {
            builder.serverTools(serverTools(name));
        }
        ifSet(model.getStrictTools(), builder::strictTools);
        if (!model.getCustomParameters().isEmpty()) {
            checked(name, "custom-parameters", () -> builder.customParameters(model.getCustomParameters()));
        }
        beans.getBeanProvider(DeepSeekModelCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(name, builder));
        return builder;
    }

    Connections connections() {
        return connections;
    }

    /** What all calls of a model have in common, whatever they ask for. */
    <B extends DeepSeekCallBuilder<B>> void called(B builder, String name) {
        connections.connected(builder, name);
        ModelProperties model = blocks.properties(name);
        String modelName = model.getModelName();
        if ((modelName == null || modelName.isBlank()) && blocks.hasHost(name)) {
            throw new UnusableSettingException(
                    blocks.prefix(name) + ".model-name",
                    "it is missing, and only api.deepseek.com has a model that is meant by default",
                    "Set it to the id that the host has for the model");
        }
        builder.profile(ownProfile(name)).dialect(dialect(name));
        ifSet(model.getParameterCheck(), builder::parameterCheck);
        checked(name, "retry", () -> builder.retryPolicy(Waiting.retryPolicy(model.getRetry())));
        builder.gates(gates(name));
        builder.listeners(
                beans.getBeanProvider(ChatModelListener.class).orderedStream().toList());
        builder.pricing(blocks.all().getPrices().enabled() ? OneBean.find(beans, Pricing.class) : Pricing.NONE);
    }

    private List<CallGate> gates(String name) {
        Stream<CallGate> all = beans.getBeanProvider(CallGate.class).orderedStream();
        if (isLimited(blocks.properties(name).getLimit())) {
            all = Stream.concat(all, Stream.of(beans.getBean(BeanNames.limit(name), CallLimit.class)));
        }
        return all.toList();
    }

    static boolean isLimited(LimitProperties limit) {
        return Stream.of(
                        limit.getAtMost(),
                        limit.getAtMostPerUser(),
                        limit.getAdaptive(),
                        limit.getRequestsPerMinute(),
                        limit.getTokensPerMinute())
                .anyMatch(Objects::nonNull);
    }

    CallLimit callLimit(String name) {
        LimitProperties limit = blocks.properties(name).getLimit();
        if (Boolean.TRUE.equals(limit.getAdaptive()) && limit.getAtMost() != null) {
            throw new UnusableSettingException(
                    blocks.prefix(name) + ".limit.at-most",
                    "limit.adaptive is set too, and the number of calls is fixed or learnt",
                    "Leave the one or the other out");
        }
        return checked(
                name, "limit", () -> Waiting.callLimit(blocks.properties(name).getLimit()));
    }

    /** The rules that the model has, also where its id decides. */
    ModelProfile profile(String name) {
        ModelProfile own = ownProfile(name);
        String modelName = blocks.properties(name).getModelName();
        if (own != null) {
            return own;
        }
        return modelName == null ? ModelProfile.V4_1 : ModelProfile.forModel(modelName);
    }

    private @Nullable ModelProfile ownProfile(String name) {
        ModelProperties model = blocks.properties(name);
        ModelProfile profile = known(name, "profile", model.getProfile(), NamedValues.PROFILES, ModelProfile.class);
        LostReasoning lost = known(
                name, "lost-reasoning", model.getLostReasoning(), NamedValues.LOST_REASONING, LostReasoning.class);
        if (lost == null) {
            return profile;
        }
        String modelName = Objects.requireNonNullElse(model.getModelName(), "");
        ModelProfile base = profile == null ? ModelProfile.forModel(modelName) : profile;
        return ModelProfile.from(base).lostReasoning(lost).build();
    }

    /** By the name of the constant, or by what stands in a request. */
    private ServerTool[] serverTools(String name) {
        return checked(
                name,
                "server-tools",
                () -> blocks.properties(name).getServerTools().stream()
                        .map(tool -> {
                            ServerTool found = NamedValues.SERVER_TOOLS.find(tool);
                            return found == null ? new ServerTool(tool) : found;
                        })
                        .toArray(ServerTool[]::new));
    }

    private @Nullable ReasoningDialect dialect(String name) {
        return known(
                name, "dialect", blocks.properties(name).getDialect(), NamedValues.DIALECTS, ReasoningDialect.class);
    }

    /** A value of the library, or a bean of that name. */
    private <T> @Nullable T known(
            String model, String property, @Nullable String value, NamedValues<T> known, Class<T> type) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (beans.containsBean(value) && beans.isTypeMatch(value, type)) {
            return beans.getBean(value, type);
        }
        T found = known.find(value);
        if (found == null) {
            throw new UnusableSettingException(
                    blocks.prefix(model) + "." + property,
                    "'" + value + "' is not known",
                    "Use one of " + String.join(", ", known.names()) + ", or the name of a bean of type "
                            + type.getSimpleName());
        }
        return found;
    }

    /** Told at the start rather than with the first request, which would be refused before it is sent. */
    private @Nullable String effort(String name) {
        ModelProperties model = blocks.properties(name);
        String effort = ModelBlocks.filled(model.getReasoningEffort());
        ParameterCheck check = model.getParameterCheck();
        if (effort == null
                || (check != null && check != ParameterCheck.FAIL)
                || effort.equalsIgnoreCase(Efforts.NONE_EFFORT)) {
            return effort;
        }
        ModelProfile profile = profile(name);
        Map<String, String> meanings = profile.efforts().meanings();
        if (!meanings.containsKey(effort.toLowerCase(Locale.ROOT))) {
            throw new UnusableSettingException(
                    blocks.prefix(name) + ".reasoning-effort",
                    "'" + effort + "' is not known to " + profile.name(),
                    meanings.isEmpty()
                            ? "Leave it out: this model has no efforts"
                            : "Use one of "
                                    + String.join(
                                            ", ",
                                            Stream.concat(meanings.keySet().stream(), Stream.of(Efforts.NONE_EFFORT))
                                                    .distinct()
                                                    .sorted()
                                                    .toList()));
        }
        return effort;
    }

    private <T> T checked(String name, String property, Supplier<T> value) {
        return UnusableSettingException.checked(blocks.prefix(name) + "." + property, value);
    }

    static <T> void ifSet(@Nullable T value, Consumer<? super T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
