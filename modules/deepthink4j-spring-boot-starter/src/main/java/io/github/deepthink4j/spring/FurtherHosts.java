package io.github.deepthink4j.spring;

import io.github.deepthink4j.cost.PriceList;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Lets each price list of the context, the application's own included, hold for the hosts of a property too: a gateway before
 * DeepSeek, or the simulator of a test, whose port nobody knows when the list is written.
 */
final class FurtherHosts implements BeanPostProcessor {

    private static final String PROPERTY = DeepSeekProperties.PREFIX + ".prices.also-for";

    private final Environment environment;

    FurtherHosts(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof PriceList prices)) {
            return bean;
        }
        List<String> further = Binder.get(environment)
                .bind(PROPERTY, Bindable.listOf(String.class))
                .orElseGet(List::of);
        if (further.isEmpty()) {
            return prices;
        }
        List<String> hosts = new ArrayList<>(prices.hosts());
        hosts.addAll(further);
        return UnusableSettingException.checked(
                PROPERTY, () -> prices.toBuilder().hosts(hosts).build());
    }
}
