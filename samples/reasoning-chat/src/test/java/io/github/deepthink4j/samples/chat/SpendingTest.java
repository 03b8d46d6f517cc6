package io.github.deepthink4j.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendingTest {

    private static final List<String> MODELS = List.of("deepseek-flash");

    /** A million tokens of an answer cost 0.60 dollars, and twice that at peak. */
    private static final DeepSeekTokenUsage MILLION = DeepSeekTokenUsage.builder()
            .inputTokenCount(0)
            .outputTokenCount(1_000_000)
            .totalTokenCount(1_000_000)
            .cacheHitTokenCount(0)
            .cacheMissTokenCount(0)
            .reasoningTokenCount(0)
            .build();

    private Instant now = beijing("2026-11-24T10:00");
    private final InstantSource clock = () -> now;
    private final Spending spending = new Spending(true, clock);

    private static Instant beijing(String local) {
        return LocalDateTime.parse(local).toInstant(ZoneOffset.ofHours(8));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:00, '1.2 USD (peak hours)', '1.2 USD'", // a Tuesday
        "2026-11-24T20:00, '0.6 USD (off-peak)', '0.6 USD'",
        "2026-11-29T10:00, '0.6 USD (off-peak)', '0.6 USD'" // a Sunday
    })
    void should_say_whether_it_is_peak_time_in_beijing(String beijing, String turn, String conversation) {
        // given
        now = beijing(beijing);

        // when
        Cost cost = spending.add("deepseek-flash", MILLION);

        // then
        assertThat(spending.line(cost, MODELS))
                .isEqualTo(
                        "would cost on DeepSeek, as deepseek-flash: " + turn + "; this conversation: " + conversation);
    }

    @Test
    void should_say_so_where_a_turn_was_partly_at_peak() {
        // given
        Cost before = spending.add("deepseek-flash", MILLION);
        now = beijing("2026-11-24T20:00");

        // when
        Cost both = before.add(spending.add("deepseek-flash", MILLION));

        // then
        assertThat(spending.line(both, MODELS))
                .isEqualTo("would cost on DeepSeek, as deepseek-flash: 1.8 USD (partly peak hours);"
                        + " this conversation: 1.8 USD");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24T10:00, peak hours, 1.2", "2026-11-29T10:00, off-peak, 0.6"})
    void should_still_tell_the_hour_and_what_is_known_of_the_conversation_where_a_turns_cost_is_unknown(
            String beijing, String hour, String known) {
        // given
        now = beijing(beijing);
        spending.add("deepseek-flash", MILLION);

        // when
        Cost cost = spending.add("deepseek-flash", null);

        // then
        assertThat(spending.line(cost, MODELS))
                .isEqualTo("cost unknown: no usage was reported (" + hour + "); this conversation: at least " + known
                        + " USD");
    }

    @Test
    void should_tell_what_is_known_of_a_turn_of_which_a_part_is_unknown() {
        // given
        Cost known = spending.add("deepseek-flash", MILLION);
        now = beijing("2026-11-24T20:00");

        // when
        Cost cost = known.add(spending.add("another", new TokenUsage(1, 1)));

        // then
        assertThat(spending.line(cost, MODELS))
                .startsWith("cost unknown: ")
                .endsWith("; at least 1.2 USD (peak hours); this conversation: at least 1.2 USD");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        The list has no price of 'another-model' for 2026-11-24 | 价格表里没有 another-model 的价格
        The list has no prices for 127.0.0.1:8000               | 价格表里没有 127.0.0.1:8000 的价格
        the server reported no whole usage                      | 服务器没有报告用量
        an attempt has failed that may have been billed         | 失败的请求可能已经计费
        """)
    void should_give_the_librarys_reasons_in_chinese_on_a_chinese_screen(String english, String chinese) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
        try {
            // given
            Spending inChinese = new Spending(false, clock);

            // when
            Cost cost = inChinese.add(Cost.unknown(english));

            // then
            assertThat(inChinese.line(cost, MODELS))
                    .startsWith("花费未知：" + chinese + "（")
                    .endsWith("；本次对话：至少 0 CNY");
        } finally {
            Locale.setDefault(before);
        }
    }
}
