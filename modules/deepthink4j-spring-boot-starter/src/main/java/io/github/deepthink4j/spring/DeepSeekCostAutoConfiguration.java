package io.github.deepthink4j.spring;

import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.cost.PriceListException;
import io.github.deepthink4j.cost.budget.Budget;
import io.github.deepthink4j.cost.budget.BudgetStore;
import io.github.deepthink4j.cost.budget.BudgetUse;
import io.github.deepthink4j.price.Pricing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Prices and budgets. Every bean that is a budget or a limit on calls is passed by each call of each model. */
@AutoConfiguration(before = DeepSeekAutoConfiguration.class)
@ConditionalOnClass(PriceList.class)
@ConditionalOnProperty(prefix = DeepSeekProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(DeepSeekProperties.class)
public class DeepSeekCostAutoConfiguration {

    private static final String MONEY = "deepSeekMoneyBudget";
    private static final String TOKENS = "deepSeekTokenBudget";
    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

    @Bean
    @ConditionalOnMissingBean(Pricing.class)
    @ConditionalOnProperty(prefix = "deepthink4j.prices", name = "enabled", matchIfMissing = true)
    PriceList deepSeekPrices(DeepSeekProperties properties) {
        Path file = properties.getPrices().file();
        PriceList prices = file == null ? PriceList.deepSeek() : read(file);
        Currency currency = properties.getPrices().currency();
        return currency == null ? prices : prices.in(currency);
    }

    @Bean
    static FurtherHosts deepSeekFurtherHosts(Environment environment) {
        return new FurtherHosts(environment);
    }

    private static PriceList read(Path file) {
        try {
            return PriceList.read(file);
        } catch (PriceListException e) {
            throw new UnusableSettingException(
                    "deepthink4j.prices.file",
                    String.valueOf(e.getMessage()),
                    "Correct the file, or leave the property out for DeepSeek's own prices",
                    e);
        }
    }

    @Bean(MONEY)
    @ConditionalOnMissingBean(name = MONEY)
    @ConditionalOnProperty(prefix = "deepthink4j.budget", name = "money")
    Budget deepSeekMoneyBudget(DeepSeekProperties properties, BeanFactory beans, ApplicationEventPublisher events) {
        Pricing prices = OneBean.find(beans, Pricing.class);
        Currency currency = currency(properties, prices);
        Budget.Builder builder = begun("money", properties.getBudget(), beans, events);
        DeepSeekModels.ifSet(prices, builder::pricing);
        BigDecimal money = properties.getBudget().money();
        DeepSeekModels.ifSet(
                properties.getBudget().unknownCostsCountAs(),
                amount -> UnusableSettingException.checked(
                        "deepthink4j.budget.unknown-costs-count-as", () -> builder.unknownCostsCountAs(amount)));
        boolean isOther = properties.getPrices().currency() != null && !currency.equals(PriceList.USD);
        UnusableSettingException.checked("deepthink4j.budget.money", () -> {
            DeepSeekModels.ifSet(money, amount -> builder.money(amount, currency));
            return builder;
        });
        // An amount is refused before, so it is the list that has no price in this currency.
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException(
                    isOther ? "deepthink4j.prices.currency" : "deepthink4j.budget.money",
                    "the price list has no price in " + currency + ", and nothing is converted",
                    "Set deepthink4j.prices.currency to one that the list has (DeepSeek's has USD and CNY), "
                            + "deepthink4j.prices.file to another list, or deepthink4j.budget.unknown-costs-count-as",
                    e);
        }
    }

    /** The budget's currency is that of the list which prices the calls, whoever made it. */
    private static Currency currency(DeepSeekProperties properties, @Nullable Pricing prices) {
        Currency own = properties.getPrices().currency();
        Currency ofList = prices instanceof PriceList list ? list.currency() : null;
        if (own != null
                && ofList != null
                && !own.equals(ofList)
                && properties.getBudget().unknownCostsCountAs() == null) {
            throw new UnusableSettingException(
                    "deepthink4j.prices.currency",
                    "it is " + own + ", and the application's own price list is in " + ofList,
                    "Set it to " + ofList + " or leave it out, or let the list be in(" + own + ")");
        }
        if (own != null) {
            return own;
        }
        return ofList == null ? PriceList.USD : ofList;
    }

    @Bean(TOKENS)
    @ConditionalOnMissingBean(name = TOKENS)
    @ConditionalOnProperty(prefix = "deepthink4j.budget", name = "tokens")
    Budget deepSeekTokenBudget(DeepSeekProperties properties, BeanFactory beans, ApplicationEventPublisher events) {
        Budget.Builder builder = begun("tokens", properties.getBudget(), beans, events);
        Long tokens = properties.getBudget().tokens();
        return UnusableSettingException.checked("deepthink4j.budget.tokens", () -> {
            DeepSeekModels.ifSet(tokens, builder::tokens);
            return builder.build();
        });
    }

    private static Budget.Builder begun(
            String name, DeepSeekProperties.Budget properties, BeanFactory beans, ApplicationEventPublisher events) {
        Budget.Builder builder = Budget.builder(DeepSeekProperties.PREFIX + "-" + name);
        DeepSeekModels.ifSet(OneBean.find(beans, BudgetStore.class), builder::store);
        if (properties.perUser()) {
            builder.perUser();
        }
        if (properties.soft()) {
            builder.soft(use -> told(use, events));
        }
        DeepSeekModels.ifSet(
                properties.assumedOutputTokens(),
                tokens -> UnusableSettingException.checked(
                        "deepthink4j.budget.assumed-output-tokens", () -> builder.assumedOutputTokens(tokens)));
        DeepSeekModels.ifSet(
                properties.reservationsExpireAfter(),
                time -> UnusableSettingException.checked(
                        "deepthink4j.budget.reservations-expire-after", () -> builder.reservationsExpireAfter(time)));
        BudgetTime.of(properties).applyTo(builder);
        return builder;
    }

    private static void told(BudgetUse use, ApplicationEventPublisher events) {
        LOG.warn("A call goes out although the budget does not suffice: {}", use);
        events.publishEvent(use);
    }
}
