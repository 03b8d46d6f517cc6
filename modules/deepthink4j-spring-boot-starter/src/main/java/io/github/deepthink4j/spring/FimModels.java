package io.github.deepthink4j.spring;

import io.github.deepthink4j.model.DeepSeekFimModel;
import io.github.deepthink4j.model.DeepSeekFimModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingFimModel;
import org.springframework.beans.factory.BeanFactory;

/** Builds the models that complete in the middle, each beside the chat models of its name. */
final class FimModels {

    private final DeepSeekModels models;
    private final BeanFactory beans;

    FimModels(DeepSeekModels models, BeanFactory beans) {
        this.models = models;
        this.beans = beans;
    }

    DeepSeekFimModel fimModel(String name) {
        DeepSeekFimModel.Builder builder = configured(DeepSeekFimModel.builder(), name);
        return models.connections().built(name, builder::build);
    }

    DeepSeekStreamingFimModel streamingFimModel(String name) {
        DeepSeekStreamingFimModel.Builder builder = configured(DeepSeekStreamingFimModel.builder(), name);
        return models.connections().built(name, builder::build);
    }

    private <B extends DeepSeekFimModelBuilder<B>> B configured(B builder, String name) {
        ModelBlocks blocks = models.blocks();
        ModelProperties model = blocks.properties(name);
        FimProperties fim = model.getFim();
        String prefix = blocks.prefix(name) + ".fim";
        models.called(builder, name);
        ValueChecks.fim(prefix, model);
        builder.modelName(model.getModelName())
                .maxOutputTokens(fim.getMaxOutputTokens())
                .temperature(fim.getTemperature())
                .topP(fim.getTopP())
                .frequencyPenalty(fim.getFrequencyPenalty())
                .presencePenalty(fim.getPresencePenalty())
                .echo(fim.getEcho())
                .logprobs(fim.getLogprobs());
        UnusableSettingException.checked(
                prefix + ".stop-sequences", () -> builder.stopSequences(fim.getStopSequences()));
        DeepSeekModels.ifSet(fim.getEmptyAnswers(), builder::emptyAnswers);
        UnusableSettingException.checked(
                prefix + ".custom-parameters", () -> builder.customParameters(fim.getCustomParameters()));
        beans.getBeanProvider(DeepSeekModelCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customizeFim(name, builder));
        return builder;
    }
}
