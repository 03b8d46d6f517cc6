package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.PriceBand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Price lists and holidays of the user's, as files. */
class PriceListFileTest {

    private static final String OWN = """
            {
              "name": "our gateway",
              "zone": "Europe/Berlin",
              "hosts": ["llm.example.com"],
              "currency": "EUR",
              "holidays": {"2027": ["2027-01-01", "2027-12-25/2027-12-26"]},
              "schedules": {
                "day": {
                  "otherwise": "off-peak",
                  "phases": [
                    {"band": "peak", "from": "2026-01-01", "hours": ["08:00-18:00"],
                     "days": ["Monday", "friday"], "notOnHolidays": true}
                  ]
                }
              },
              "prices": [
                {
                  "id": "v4", "models": ["deepseek-ai/DeepSeek-V4.1"], "from": "2026-01-01", "schedule": "day",
                  "in": {
                    "EUR": {
                      "off-peak": {"cacheHit": 0.01, "cacheMiss": 0.10, "output": 0.50},
                      "peak": {"cacheHit": 0.02, "cacheMiss": 0.20, "output": 1}
                    }
                  }
                },
                {"id": "r1", "models": ["r1"], "from": "2026-02-03T04:05", "until": "2026-03-01",
                 "in": {"EUR": {"cacheHit": 1, "cacheMiss": 1, "output": 2}}}
              ],
              "services": [
                {"name": "search", "unit": "searches", "per": 100, "from": "2026-01-01", "in": {"EUR": 1}}
              ]
            }
            """;

    @TempDir
    private Path folder;

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("prices.json"), json);
    }

    @Test
    void should_read_a_list_of_the_users_own() throws IOException {
        PriceList prices = PriceList.read(file(OWN));

        Rate atPeak = prices.rate("deepseek-ai/DeepSeek-V4.1", Instant.parse("2027-01-04T07:00:00Z"))
                .orElseThrow();
        Rate before = prices.rate("deepseek-ai/DeepSeek-V4.1", Instant.parse("2027-01-04T06:59:59Z"))
                .orElseThrow();
        Rate holiday = prices.rate("deepseek-ai/DeepSeek-V4.1", Instant.parse("2027-01-01T09:00:00Z"))
                .orElseThrow();
        assertThat(prices.currency().getCurrencyCode()).isEqualTo("EUR");
        assertThat(atPeak.band()).isEqualTo(PriceBand.PEAK);
        assertThat(atPeak.prices()).isEqualTo(TokenPrices.of("0.02", "0.2", "1"));
        assertThat(before.band()).isEqualTo(PriceBand.OFF_PEAK);
        assertThat(holiday.band()).isEqualTo(PriceBand.OFF_PEAK);
        assertThat(prices.rate("r1", Instant.parse("2026-02-03T03:05:00Z"))).isPresent();
        assertThat(prices.rate("r1", Instant.parse("2026-02-28T23:00:00Z"))).isEmpty();
        assertThat(prices.serviceCost("search", 7, Instant.parse("2026-02-03T03:05:00Z"))
                        .total())
                .isEqualTo("0.07");
    }

    @Test
    void should_read_a_file_that_begins_with_the_mark_of_windows_editors() throws IOException {
        PriceList prices = PriceList.read(file("\ufeff" + OWN));

        assertThat(prices.rate("r1", Instant.parse("2026-02-03T03:05:00Z"))).isPresent();
    }

    @Test
    void should_extend_deepseeks_list() throws IOException {
        PriceList prices = PriceList.read(file("""
                {
                  "extends": "deepseek",
                  "name": "with our rebate",
                  "times": 0.5,
                  "holidays": {"2027": ["2027-02-08"]},
                  "prices": [
                    {"id": "own", "hosts": ["llm.example.com"], "models": ["ours"], "from": "2026-01-01",
                     "in": {"USD": {"cacheHit": 1, "cacheMiss": 1, "output": 1}}}
                  ]
                }
                """));

        assertThat(prices.rows()).hasSize(PriceList.deepSeek().rows().size() + 1);
        assertThat(prices.rate("deepseek-flash", Instant.parse("2027-02-08T02:00:00Z"))
                        .orElseThrow()
                        .prices())
                .isEqualTo(TokenPrices.of("0.0015", "0.075", "0.30"));
        assertThat(prices.rate("ours", Instant.parse("2027-02-08T02:00:00Z"))
                        .orElseThrow()
                        .prices())
                .isEqualTo(TokenPrices.of("1", "1", "1"));
        assertThat(prices.holidays().isHoliday(LocalDate.parse("2026-10-01"))).isTrue();
        BilledCall.Builder call = BilledCall.builder()
                .modelName("ours")
                .outputTokens(1_000_000)
                .finished(Instant.parse("2027-02-08T02:00:00Z"));
        assertThat(prices.price(call.endpoint(URI.create("https://llm.example.com/v1"))
                                .build())
                        .total())
                .isEqualTo("1");
        assertThat(prices.price(call.endpoint(URI.create("https://api.deepseek.com"))
                                .build())
                        .isKnown())
                .isFalse();
    }

    @Test
    void should_read_holidays_alone() throws IOException {
        HolidayCalendar calendar = HolidayCalendar.read(file("{\"2027\": [\"2027-02-05/2027-02-11\"], \"2028\": []}"));

        assertThat(calendar.covers(2027)).isTrue();
        assertThat(calendar.covers(2028)).isTrue();
        assertThat(calendar.covers(2026)).isFalse();
        assertThat(calendar.isHoliday(LocalDate.parse("2027-02-04"))).isFalse();
        assertThat(calendar.isHoliday(LocalDate.parse("2027-02-05"))).isTrue();
        assertThat(calendar.isHoliday(LocalDate.parse("2027-02-11"))).isTrue();
        assertThat(calendar.isHoliday(LocalDate.parse("2027-02-12"))).isFalse();
    }

    static Arguments[] slips() {
        return new Arguments[] {
            slip(
                    "\"output\": 0.50",
                    "\"output\": \"0.50\"",
                    21,
                    "prices[0].in.EUR.off-peak.output",
                    "must be a number"),
            slip("\"output\": 0.50", "\"output\": -0.50", 21, "prices[0].in.EUR.off-peak", "must not be negative"),
            slip("\"output\": 0.50", "\"output\": 5e-1", 21, "prices[0].in.EUR.off-peak.output", "plain decimal"),
            slip("\"output\": 0.50", "\"ouptut\": 0.50", 21, "prices[0].in.EUR.off-peak.ouptut", "is not known here"),
            slip(", \"output\": 0.50", "", 21, "prices[0].in.EUR.off-peak", "has no 'output'"),
            slip(
                    "\"from\": \"2026-01-01\", \"schedule\"",
                    "\"from\": \"2026-1-1\", \"schedule\"",
                    18,
                    "prices[0].from",
                    "2026-08-17"),
            slip("\"schedule\": \"day\"", "\"schedule\": \"night\"", 18, "prices[0].schedule", "no schedule 'night'"),
            slip("\"until\": \"2026-03-01\"", "\"until\": \"2026-01-01\"", 26, "prices[1]", "must end after it begins"),
            slip("\"id\": \"r1\"", "\"id\": \"v4\"", 26, "prices[1].id", "is there twice"),
            slip("\"EUR\": {\"cacheHit\": 1", "\"EURO\": {\"cacheHit\": 1", 27, "prices[1].in.EURO", "is no currency"),
            slip("\"Monday\"", "\"Mon\"", 12, "schedules.day.phases[0].days[0]", "must be a day such as monday"),
            slip("08:00-18:00", "8-18", 11, "schedules.day.phases[0].hours[0]", "must be written as 09:00-12:00"),
            slip(
                    "\"band\": \"peak\"",
                    "\"band\": \"high\"",
                    11,
                    "schedules.day.phases[0].band",
                    "standard, peak or off-peak"),
            slip("Europe/Berlin", "Berlin", 3, "zone", "is no time zone"),
            slip("llm.example.com", "https://llm.example.com", 4, "hosts", "must be written as api.example.com"),
            slip("2027-12-25/2027-12-26", "2027-12-26/2027-12-25", 6, "holidays.2027[1]", "the first one first"),
            slip("\"2027-01-01\"", "\"2026-01-01\"", 6, "holidays.2027", "must lie in it"),
            slip(
                    "08:00-18:00",
                    "22:00-22:00",
                    11,
                    "schedules.day.phases[0].hours[0]",
                    "the whole day is written as 00:00-24:00"),
            slip(
                    "08:00-18:00",
                    "00:00-00:00",
                    11,
                    "schedules.day.phases[0].hours[0]",
                    "the whole day is written as 00:00-24:00"),
            slip(
                    "08:00-18:00",
                    "24:00-24:00",
                    11,
                    "schedules.day.phases[0].hours[0]",
                    "the whole day is written as 00:00-24:00"),
            slip(
                    "\"output\": 0.50",
                    "\"output\": 1e999999999",
                    21,
                    "prices[0].in.EUR.off-peak.output",
                    "plain decimal"),
            slip(
                    "\"output\": 0.50",
                    "\"output\": -1e999999999",
                    21,
                    "prices[0].in.EUR.off-peak.output",
                    "plain decimal"),
            slip(
                    "\"output\": 0.50",
                    "\"output\": 1234567890123456789012345678901.5",
                    21,
                    "prices[0].in.EUR.off-peak.output",
                    "plain decimal"),
            slip("\"in\": {\"EUR\": 1}}", "\"in\": {\"EUR\": -1}}", 30, "services[0]", "must not be negative"),
            slip("\"in\": {\"EUR\": 1}}", "\"in\": {\"EUR\": 1E9}}", 30, "services[0].in.EUR", "plain decimal"),
            slip("\"per\": 100", "\"per\": 100.5", 30, "services[0].per", "must be a whole number"),
            slip("\"per\": 100", "\"per\": 18446744073709551617", 30, "services[0].per", "must be a whole number"),
            slip(
                    "\"name\": \"our gateway\"",
                    "\"extends\": \"deepseek\", \"times\": 1e-9",
                    2,
                    "times",
                    "plain decimal"),
            slip("\"per\": 100", "\"per\": 300", 30, "services[0]", "1, 10, 100"),
            slip("\"name\": \"our gateway\"", "\"nmae\": \"our gateway\"", 2, "nmae", "is not known here"),
            slip("\"name\": \"our gateway\"", "\"times\": 0.9, \"name\": \"x\"", 2, "times", "'extends'"),
            slip("\"name\": \"our gateway\"", "\"extends\": \"openai\"", 2, "extends", "must be 'deepseek'"),
            slip("\"name\": \"our gateway\"", "\"extends\": \"deepseek\"", 3, "zone", "beside 'extends'"),
            slip("\"name\": \"our gateway\",", "\"name\": \"our gateway\"", 3, "", "is no JSON"),
            slip("\"zone\"", "\"name\"", 3, "", "is no JSON"),
            slip("\"our gateway\"", "null", 2, "name", "must not be null"),
        };
    }

    private static Arguments slip(String right, String wrong, int line, String field, String problem) {
        return Arguments.of(right, wrong, line, field, problem);
    }

    @ParameterizedTest
    @MethodSource("slips")
    void should_say_where_something_is_wrong(String right, String wrong, int line, String field, String problem)
            throws IOException {
        assertThat(OWN).contains(right);
        Path file = file(OWN.replace(right, wrong));

        assertThatThrownBy(() -> PriceList.read(file)).isInstanceOfSatisfying(PriceListException.class, e -> {
            assertThat(e).hasMessageContaining(problem);
            assertThat(e).hasMessageContaining(file + ", line " + line);
            assertThat(e.line()).isEqualTo(line);
            assertThat(e.field()).isEqualTo(field);
        });
    }

    @Test
    void should_say_that_a_file_is_empty_or_missing() throws IOException {
        Path empty = file("");

        assertThatThrownBy(() -> PriceList.read(empty))
                .isInstanceOf(PriceListException.class)
                .hasMessage(empty + ": is empty");
        assertThatThrownBy(() -> PriceList.read(folder.resolve("none.json")))
                .isInstanceOf(PriceListException.class)
                .hasMessageContaining("can't be read");
    }

    @Test
    void should_say_where_a_factor_has_too_many_digits() throws IOException {
        Path file = file("{\"extends\": \"deepseek\",\n \"times\": 0.0000000000000000000000000001, \"prices\": []}");

        assertThatThrownBy(() -> PriceList.read(file)).isInstanceOfSatisfying(PriceListException.class, e -> {
            assertThat(e).hasMessageContaining("at most 30 digits");
            assertThat(e.line()).isEqualTo(2);
            assertThat(e.field()).isEqualTo("times");
        });
    }
}
