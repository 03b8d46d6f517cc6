package io.github.deepthink4j.spring;

import io.github.deepthink4j.model.DeepSeekAccount;
import io.github.deepthink4j.model.DeepSeekModelCatalog;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A health indicator, for those who want one. Boot 4 has moved the type, and nothing else, so that there are two of a few lines. */
@AutoConfiguration(after = DeepSeekAutoConfiguration.class)
@ConditionalOnProperty(prefix = DeepSeekProperties.PREFIX, name = "enabled", matchIfMissing = true)
@ConditionalOnProperty(prefix = "deepthink4j.health", name = "enabled", havingValue = "true")
@EnableConfigurationProperties(DeepSeekProperties.class)
public class DeepSeekHealthAutoConfiguration {

    private static final String NAME = "deepSeekHealthIndicator";

    private static final Duration LONGEST = Duration.ofDays(1);

    private static HealthProbe probe(
            DeepSeekProperties properties,
            ObjectProvider<DeepSeekModelCatalog> catalog,
            ObjectProvider<DeepSeekAccount> account) {
        DeepSeekProperties.Health health = properties.getHealth();
        boolean balance = health.check() == DeepSeekProperties.HealthCheck.BALANCE;
        return new HealthProbe(
                () -> balance ? HealthProbe.balance(account.getObject()) : HealthProbe.models(catalog.getObject()),
                checked("cache", health.cache(), Duration.ZERO),
                checked("timeout", health.timeout(), Duration.ofMillis(1)),
                Clock.systemUTC());
    }

    private static Duration checked(String name, Duration time, Duration least) {
        if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
            throw new UnusableSettingException(
                    DeepSeekProperties.PREFIX + ".health." + name,
                    "it is " + DurationStyle.SIMPLE.print(time),
                    "Set it to a time that is " + (least.isZero() ? "not negative" : "longer than zero")
                            + ", a day at most, or leave it out");
        }
        return time;
    }

    /** Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    static class Boot3 {

        @Bean(NAME)
        @ConditionalOnMissingBean(name = NAME)
        org.springframework.boot.actuate.health.HealthIndicator deepSeekHealthIndicator(
                DeepSeekProperties properties,
                ObjectProvider<DeepSeekModelCatalog> catalog,
                ObjectProvider<DeepSeekAccount> account) {
            HealthProbe probe = probe(properties, catalog, account);
            return () -> {
                HealthProbe.Finding found = probe.find();
                return org.springframework.boot.actuate.health.Health.status(found.status())
                        .withDetails(found.details())
                        .build();
            };
        }
    }

    /** Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    static class Boot4 {

        @Bean(NAME)
        @ConditionalOnMissingBean(name = NAME)
        org.springframework.boot.health.contributor.HealthIndicator deepSeekHealthIndicator(
                DeepSeekProperties properties,
                ObjectProvider<DeepSeekModelCatalog> catalog,
                ObjectProvider<DeepSeekAccount> account) {
            HealthProbe probe = probe(properties, catalog, account);
            return () -> {
                HealthProbe.Finding found = probe.find();
                return org.springframework.boot.health.contributor.Health.status(found.status())
                        .withDetails(found.details())
                        .build();
            };
        }
    }
}
