package io.github.deepthink4j.samples.rag.research;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * How much may go into finding the passages for one question. When one of these is used up nothing more is searched for, and the answer
 * is made from what there is; it comes on top.
 *
 * @param rounds   of tool calls
 * @param money    in {@code currency}; where nobody knows a price, rounds and tokens are the limit
 * @param tokens   read and written by all models together
 */
public record ResearchLimits(int rounds, BigDecimal money, Currency currency, long tokens) {

    public static final int ROUNDS = 6;
    public static final long TOKENS = 150_000;

    /** As for a question that goes wrong: one that goes well takes a tenth of it. */
    private static final BigDecimal DOLLARS = new BigDecimal("0.05");

    private static final BigDecimal YUAN = new BigDecimal("0.35");

    public ResearchLimits {
        if (rounds < 1) {
            throw new UsageException(Words.of("--max-rounds must be at least 1.", "--max-rounds 至少为 1。"));
        }
        if (money.signum() <= 0) {
            throw new UsageException(Words.of("--max-cost must be more than 0.", "--max-cost 必须大于 0。"));
        }
    }

    /** The currency of DeepSeek's list in which a cost is shown. */
    public static Currency shownCurrency() {
        return Currency.getInstance(Words.of("USD", "CNY"));
    }

    /**
     * @param rounds {@code null} for the default
     * @param money  {@code null} for the default
     */
    public static ResearchLimits of(Integer rounds, BigDecimal money) {
        Currency currency = shownCurrency();
        BigDecimal usual = currency.getCurrencyCode().equals("CNY") ? YUAN : DOLLARS;
        return new ResearchLimits(rounds == null ? ROUNDS : rounds, money == null ? usual : money, currency, TOKENS);
    }
}
