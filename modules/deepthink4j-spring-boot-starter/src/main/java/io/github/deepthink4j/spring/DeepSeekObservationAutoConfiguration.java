package io.github.deepthink4j.spring;

import io.github.deepthink4j.micrometer.ChatObservationConvention;
import io.github.deepthink4j.micrometer.DeepSeekObservations;
import io.github.deepthink4j.settings.CallListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Metrics and traces, as a {@code ChatModelListener} that our models take from the context like all others, and that LangChain4j's own
 * starters take too: so the models of other vendors are observed as well.
 */
@AutoConfiguration(before = DeepSeekAutoConfiguration.class)
@AutoConfigureAfter(name = {BootNames.OBSERVATIONS_3, BootNames.METERS_3, BootNames.OBSERVATIONS_4, BootNames.METERS_4})
@ConditionalOnClass({DeepSeekObservations.class, MeterRegistry.class, ObservationRegistry.class})
@ConditionalOnProperty(prefix = DeepSeekProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(DeepSeekProperties.class)
public class DeepSeekObservationAutoConfiguration {

    private static final String OBSERVATIONS = "deepSeekObservations";
    private static final String LISTENER = "deepSeekObservationListener";
    private static final String OFF = ", or set deepthink4j.observations.enabled=false";

    /** For {@code ObservedTools} as well, whose spans belong to those of the same observations. */
    @Bean(OBSERVATIONS)
    @ConditionalOnMissingBean(value = DeepSeekObservations.class, name = OBSERVATIONS)
    @ConditionalOnProperty(prefix = "deepthink4j.observations", name = "enabled", matchIfMissing = true)
    @Conditional(AnyRegistry.class)
    DeepSeekObservations deepSeekObservations(DeepSeekProperties properties, BeanFactory beans) {
        DeepSeekObservations.Builder builder = DeepSeekObservations.builder()
                .content(properties.getObservations().content());
        DeepSeekModels.ifSet(OneBean.find(beans, ObservationRegistry.class, OFF), builder::observations);
        DeepSeekModels.ifSet(OneBean.find(beans, MeterRegistry.class, OFF), builder::meters);
        DeepSeekModels.ifSet(OneBean.find(beans, ChatObservationConvention.class), builder::convention);
        return builder.build();
    }

    @Bean(LISTENER)
    @ConditionalOnMissingBean(name = LISTENER)
    @ConditionalOnBean(DeepSeekObservations.class)
    @ConditionalOnProperty(prefix = "deepthink4j.observations", name = "enabled", matchIfMissing = true)
    CallListener deepSeekObservationListener(DeepSeekObservations observations) {
        return observations.listener();
    }

    /** One of them is enough. */
    static class AnyRegistry extends AnyNestedCondition {

        AnyRegistry() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBean(ObservationRegistry.class)
        static class Observations {}

        @ConditionalOnBean(MeterRegistry.class)
        static class Meters {}
    }
}
