package io.github.deepthink4j.samples.agent;

import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.cost.Rate;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.PriceBand;
import io.github.deepthink4j.price.Priced;
import io.github.deepthink4j.samples.agent.screen.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Currency;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a conversation costs, in dollars, or in yuan on a Chinese screen; with a simulator, what it would cost on DeepSeek. */
final class Spending {

    /** What the simulator is taken for where it plays a model that has no price any more. */
    private static final String MODEL = "deepseek-flash";

    private static final Pattern UNPRICED = Pattern.compile("has no prices? (?:for|of) '?([^' ]+)");

    private static final MathContext DIGITS = new MathContext(3);

    private final PriceList prices = PriceList.deepSeek(Currency.getInstance(Words.of("USD", "CNY")));
    private final boolean simulated;
    private final InstantSource clock;
    private Cost conversation = Cost.nothing(prices.currency());

    Spending(boolean simulated) {
        this(simulated, InstantSource.system());
    }

    Spending(boolean simulated, InstantSource clock) {
        this.simulated = simulated;
        this.clock = clock;
    }

    /** For the models whose answers are counted here. */
    PriceList prices() {
        return prices;
    }

    Cost nothing() {
        return Cost.nothing(prices.currency());
    }

    /** The model by whose prices an answer of this one is counted. */
    String pricedAs(String model) {
        boolean hasPrice = !simulated
                || model != null && prices.rate(model, clock.instant()).isPresent();
        return hasPrice ? model : MODEL;
    }

    /**
     * A part of the conversation; what it cost.
     *
     * @param model that has answered; may be {@code null}
     */
    synchronized Cost add(String model, TokenUsage usage) {
        return add(usage == null ? Cost.unknown(Words.of("no usage was reported", "服务器没有报告用量")) : cost(model, usage));
    }

    /** A part of it that is told with its cost. */
    synchronized Cost add(Cost cost) {
        conversation = conversation.add(cost);
        return cost;
    }

    /** What failed may have been billed all the same. */
    synchronized void addFailed(Throwable error) {
        Cost cost = simulated && error instanceof DeepSeekError own && own.tokenUsage() != null
                ? cost(null, own.tokenUsage())
                : DeepSeekError.costOf(error);
        conversation = cost == null ? conversation : conversation.add(cost);
    }

    /** DeepSeek bills what it has made until then, and nobody hears how much that was. */
    synchronized void addStopped() {
        conversation = conversation.add(Cost.unknown(Words.of("it was stopped", "已被停止")));
    }

    private Cost cost(String model, TokenUsage usage) {
        return simulated && usage instanceof DeepSeekTokenUsage own
                ? prices.cost(pricedAs(model), own, clock.instant())
                : Priced.costOf(usage);
    }

    /** The conversation begins anew. */
    synchronized void forget() {
        conversation = nothing();
    }

    /**
     * A line about a turn and all of the conversation so far, at least of what is known of them.
     *
     * @param models by whose prices it was counted
     */
    synchronized String line(Cost turn, Collection<String> models) {
        String begin = simulated
                ? Words.of(
                        "would cost on DeepSeek, as " + String.join(" and ", models) + ": ",
                        "若在 DeepSeek 上（按 " + String.join("、", models) + "）：")
                : Words.of("cost: ", "花费：");
        return (turn.isKnown() ? begin + money(turn.total()) : unknown(turn))
                + hour(turn)
                + Words.of("; this conversation: ", "；本次对话：")
                + (conversation.isKnown() ? "" : Words.of("at least ", "至少 "))
                + money(conversation.atLeast());
    }

    private String unknown(Cost turn) {
        String reasons = turn.unknown().stream()
                .map(Spending::reason)
                .distinct()
                .collect(Collectors.joining(Words.of("; ", "；")));
        return Words.of("cost unknown: ", "花费未知：")
                + reasons
                + (isNothing(turn.atLeast()) ? "" : Words.of("; at least ", "；至少 ") + money(turn.atLeast()));
    }

    /** The library gives its reasons in English. */
    private static String reason(String english) {
        Matcher unpriced = UNPRICED.matcher(english);
        if (unpriced.find()) {
            return Words.of(english, "价格表里没有 " + unpriced.group(1) + " 的价格");
        }
        if (english.contains("usage")) {
            return Words.of(english, "服务器没有报告用量");
        }
        return english.contains("attempt") ? Words.of(english, "失败的请求可能已经计费") : english;
    }

    private static boolean isNothing(BigDecimal amount) {
        return amount == null || amount.signum() == 0;
    }

    /**
     * @param amount {@code null} if nothing of it is known
     */
    private String money(BigDecimal amount) {
        return (amount == null ? BigDecimal.ZERO : amount).round(DIGITS).toPlainString() + " "
                + prices.currency().getCurrencyCode();
    }

    /** Of a turn of which no part has a price, that of the clock. */
    private String hour(Cost turn) {
        Set<PriceBand> bands = turn.bands();
        if (!turn.isKnown() && bands.isEmpty()) {
            bands = prices.rate(MODEL, clock.instant())
                    .map(Rate::band)
                    .map(Set::of)
                    .orElse(Set.of());
        }
        if (!bands.contains(PriceBand.PEAK)) {
            return bands.contains(PriceBand.OFF_PEAK) ? Words.of(" (off-peak)", "（空闲时段）") : "";
        }
        return bands.size() == 1 ? Words.of(" (peak hours)", "（高峰时段）") : Words.of(" (partly peak hours)", "（部分高峰时段）");
    }
}
