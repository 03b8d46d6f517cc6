package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.cost.budget.Budget;
import io.github.deepthink4j.cost.budget.BudgetExceededException;
import io.github.deepthink4j.cost.budget.BudgetPeriod;
import io.github.deepthink4j.cost.budget.BudgetUse;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.rule.Generation;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.PayloadApplicationEvent;

/** Prices and budgets. */
class CostTest {

    @RegisterExtension
    final DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

    @Test
    void should_price_by_deepseeks_list_in_the_currency_of_the_property() {
        Runners.withKey()
                .run(context ->
                        assertThat(context.getBean(PriceList.class).currency()).isEqualTo(PriceList.USD));
        Runners.withKey()
                .withPropertyValues("deepthink4j.prices.currency=CNY")
                .run(context ->
                        assertThat(context.getBean(PriceList.class).currency()).isEqualTo(PriceList.CNY));
    }

    @Test
    void should_have_no_prices_if_they_are_switched_off_or_are_the_applications() {
        Runners.withKey()
                .withPropertyValues("deepthink4j.prices.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Pricing.class));
        Runners.withKey()
                .withBean(Pricing.class, () -> Pricing.NONE)
                .run(context -> assertThat(context).hasSingleBean(Pricing.class).doesNotHaveBean(PriceList.class));
    }

    @Test
    void should_refuse_a_call_beyond_the_budget() {
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.base-url=" + deepSeek.baseUrl(),
                        "deepthink4j.budget.tokens=10",
                        "deepthink4j.budget.period=day")
                .run(context -> {
                    ChatModel model = context.getBean(ChatModel.class);
                    assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(BudgetExceededException.class);
                });
    }

    @Test
    void should_tell_of_a_soft_budget_by_an_event() {
        deepSeek.onAnyMessage().answer("Hello");
        List<BudgetUse> told = new ArrayList<>();
        Runners.withKey()
                .withInitializer(context -> context.addApplicationListener(event -> {
                    if (event instanceof PayloadApplicationEvent<?> payload
                            && payload.getPayload() instanceof BudgetUse use) {
                        told.add(use);
                    }
                }))
                .withPropertyValues(
                        "deepthink4j.base-url=" + deepSeek.baseUrl(),
                        "deepthink4j.budget.tokens=10",
                        "deepthink4j.budget.soft=true")
                .run(context ->
                        assertThat(context.getBean(ChatModel.class).chat("Hi")).isEqualTo("Hello"));

        assertThat(told).hasSize(1);
    }

    @Test
    void should_make_two_budgets_of_money_and_tokens() {
        Runners.withKey()
                .withPropertyValues("deepthink4j.budget.money=20", "deepthink4j.budget.tokens=1000000")
                .run(context -> assertThat(context.getBeansOfType(Budget.class)).hasSize(2));
        Runners.withKey().run(context -> assertThat(context).doesNotHaveBean(Budget.class));
    }

    @Test
    void should_keep_the_budget_in_the_currency_of_the_applications_own_list() {
        Runners.withKey()
                .withBean(PriceList.class, () -> PriceList.deepSeek(PriceList.CNY))
                .withPropertyValues("deepthink4j.budget.money=5")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Budget.class));
        Runners.withKey()
                .withBean(PriceList.class, () -> PriceList.deepSeek(PriceList.CNY))
                .withPropertyValues("deepthink4j.budget.money=5", "deepthink4j.prices.currency=USD")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("deepthink4j.prices.currency")
                        .hasMessageContaining("Set it to CNY"));
    }

    @Test
    void should_price_calls_to_further_hosts_by_each_list() {
        deepSeek.onAnyMessage().answer("Hello");
        String host = URI.create(deepSeek.baseUrl()).getAuthority();
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.base-url=" + deepSeek.baseUrl(),
                        "deepthink4j.budget.money=5",
                        "deepthink4j.prices.also-for=" + host)
                .run(context -> {
                    assertThat(context.getBean(ChatModel.class).chat("Hi")).isEqualTo("Hello");
                    assertThat(context.getBean(PriceList.class).hosts()).contains("api.deepseek.com", host);
                });
        Runners.withKey()
                .withBean(PriceList.class, () -> PriceList.deepSeek(PriceList.CNY))
                .withPropertyValues(
                        "deepthink4j.base-url=" + deepSeek.baseUrl(),
                        "deepthink4j.budget.money=5",
                        "deepthink4j.prices.also-for=" + host)
                .run(context ->
                        assertThat(context.getBean(ChatModel.class).chat("Hi")).isEqualTo("Hello"));
        Runners.withKey()
                .withPropertyValues("deepthink4j.prices.also-for=https://no-host/")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("a host must be written as"));
    }

    @Test
    void should_reserve_what_the_properties_say() {
        deepSeek.onAnyMessage().answer("Hello");
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.base-url=" + deepSeek.baseUrl(),
                        "deepthink4j.budget.tokens=2000",
                        "deepthink4j.budget.assumed-output-tokens=100",
                        "deepthink4j.budget.reservations-expire-after=10m")
                .run(context ->
                        assertThat(context.getBean(ChatModel.class).chat("Hi")).isEqualTo("Hello"));
        Runners.withKey()
                .withPropertyValues("deepthink4j.budget.tokens=2000", "deepthink4j.budget.reservations-expire-after=0s")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("deepthink4j.budget.reservations-expire-after"));
    }

    @Test
    void should_read_the_period() {
        assertThat(period("request", null)).isNull();
        assertThat(period("DAY", null)).isEqualTo(BudgetPeriod.day());
        assertThat(period("month", "Europe/Berlin")).isEqualTo(BudgetPeriod.month(ZoneId.of("Europe/Berlin")));
        assertThat(period("forever", null)).isEqualTo(BudgetPeriod.forever());
        assertThat(period("5h", null)).isEqualTo(BudgetPeriod.rolling(Duration.ofHours(5)));
        assertThat(period("PT90M", null)).isEqualTo(BudgetPeriod.rolling(Duration.ofMinutes(90)));
    }

    private static BudgetPeriod period(String period, String zone) {
        return BudgetTime.of(new DeepSeekProperties.Budget(
                        null, 1L, period, zone == null ? null : ZoneId.of(zone), false, false, null, null, null))
                .period();
    }
}
