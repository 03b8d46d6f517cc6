package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.document.BlankDocumentException;
import io.github.deepthink4j.error.AnswerTooLargeException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Pricing;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of a document: in order and all of them, or an error that keeps what came. */
@Timeout(60)
class OcrAnswersTest {

    private static final Currency YUAN = Currency.getInstance("CNY");

    private static final Pricing LIST = new Pricing() {
        @Override
        public Cost price(BilledCall call) {
            throw new AssertionError("a document is no chat");
        }

        @Override
        public Cost priceService(URI endpoint, String service, long quantity, Instant moment) {
            return yuan(quantity);
        }
    };

    private static Cost yuan(long pages) {
        return Cost.in(YUAN).services(BigDecimal.valueOf(pages)).build();
    }

    private static OcrResult recognize(String body) {
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekOcr ocr = DeepSeekOcr.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .pricing(LIST)
                        .build()) {
            return ocr.recognize("a.pdf", new byte[] {1});
        }
    }

    private static String page(String index, String text) {
        return "{\"index\":" + index + ",\"text\":\"" + text + "\",\"finish_reason\":\"stop\"}";
    }

    private static String answer(String count, String... pages) {
        return "{\"page_count\":" + count + ",\"pages\":[" + String.join(",", pages) + "]}";
    }

    @Test
    void should_put_pages_in_order() {
        OcrResult result = recognize(answer("3", page("2", "three"), page("0", "one"), page("1", "two")));

        assertThat(result.pages())
                .containsExactly(
                        new OcrResult.Page(1, "one", "stop"),
                        new OcrResult.Page(2, "two", "stop"),
                        new OcrResult.Page(3, "three", "stop"));
        assertThat(result.cost()).isEqualTo(yuan(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "\"2\"", "2.0", "null"})
    void should_take_pages_by_their_places_where_they_have_no_index(String count) {
        assertThat(recognize(answer(count, "{\"text\":\"one\"}", "{\"text\":\"two\"}"))
                        .pages())
                .extracting(OcrResult.Page::number)
                .containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 2, 'of its 3 pages 1 is missing: 2'",
        "2, 0, 0, 'page 1 is there twice; of its 2 pages 1 is missing: 2'",
        "2, 1, 2, 'it has a page 3 of 2; of its 2 pages 1 is missing: 1'",
        "1, 0, 1, it has a page 2 of 1",
        "null, 0, 2, 'of its 3 pages 1 is missing: 2'",
        "4294967298, 0, 1, its page_count is none",
        "99999999999999999999, 0, 1, its page_count is none",
        "-2, 0, 1, its page_count is none",
        "1.5, 0, 1, its page_count is none",
        "1000000000, 0, 1, 'of its 1000000000 pages 999999998 are missing: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and more'",
        "2, 0, -1, the index of a page is none",
        "2, 0, 4294967297, the index of a page is none",
        "2, 0, true, the index of a page is none"
    })
    void should_not_take_some_pages_for_all_and_keep_what_came(String count, String first, String second, String why) {
        String body = answer(count, page(first, "This came."), page(second, "And this."));

        assertThatThrownBy(() -> recognize(body))
                .isInstanceOfSatisfying(MalformedAnswerException.class, error -> {
                    assertThat(error.partialMessage().text()).contains("This came.");
                    assertThat(error.cost()).isNotNull();
                })
                .hasMessageContaining(why)
                .hasMessageContaining("partialMessage()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":1,\"text\":\"\",\"finish_reason\":\"stop\",\"error\":{\"message\":\"the page is locked\"}}",
                "{\"index\":1,\"text\":null,\"error\":\"the page is locked\"}"
            })
    void should_tell_the_error_of_a_page(String failed) {
        assertThatThrownBy(() -> recognize(answer("2", page("0", "one"), failed)))
                .isInstanceOfSatisfying(MalformedAnswerException.class, error -> {
                    assertThat(error.partialMessage().text()).isEqualTo("one");
                    assertThat(error.cost()).isEqualTo(yuan(1));
                })
                .hasMessageContaining("page 2 has an error")
                .hasMessageContaining("the page is locked");
    }

    @Test
    void should_take_an_empty_error_for_none() {
        String page = "{\"index\":0,\"text\":\"one\",\"finish_reason\":\"stop\",\"error\":null}";

        assertThat(recognize(answer("1", page)).incompletePages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b\ufeff", " \u2007\u202f\u3000 ", "\u2060"})
    void should_take_a_document_for_blank_in_which_nobody_sees_anything(String text) {
        try (CannedServer server = new CannedServer(new Canned(200, answer("1", page("0", text))));
                DeepSeekOcr ocr = DeepSeekOcr.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .build()) {
            DeepSeekDocumentParser parser = new DeepSeekDocumentParser(ocr);

            assertThatThrownBy(() -> parser.parse(new ByteArrayInputStream(new byte[] {1})))
                    .isInstanceOf(BlankDocumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "content_filter"})
    void should_not_take_a_page_that_has_failed_for_a_blank_one(String reason) {
        String failed = "{\"index\":1,\"text\":\" \",\"finish_reason\":\"" + reason + "\"}";

        assertThatThrownBy(() -> recognize(answer("2", page("0", "one"), failed)))
                .isInstanceOfSatisfying(
                        MalformedAnswerException.class,
                        error -> assertThat(error.partialMessage().text()).isEqualTo("one"))
                .hasMessageContaining("page 2 has no text")
                .hasMessageContaining(reason);
    }

    @Test
    void should_tell_which_setting_an_answer_is_too_large_for() {
        String body = answer("1", page("0", "x".repeat(1000)));
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekOcr narrow = DeepSeekOcr.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .maxAnswerBytes(body.length() - 1)
                        .build();
                DeepSeekOcr wide = DeepSeekOcr.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .maxAnswerBytes(body.length())
                        .build()) {

            assertThatThrownBy(() -> narrow.recognize("a.pdf", new byte[] {1}))
                    .isInstanceOf(AnswerTooLargeException.class)
                    .hasMessageContaining("maxAnswerBytes");
            assertThat(server.paths()).hasSize(1);
            assertThat(wide.recognize("a.pdf", new byte[] {1}).pages()).hasSize(1);
        }
    }

    /** A thousand pages of as much as the model can write. */
    @Test
    void should_read_more_than_16_mebibytes_by_default() {
        String[] pages = new String[1000];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = page(String.valueOf(i), "x".repeat(20_000));
        }

        assertThat(recognize(answer("1000", pages)).pages()).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void should_refuse_a_bound_that_is_none(int bytes) {
        assertThat(catchThrowable(() -> DeepSeekOcr.builder().maxAnswerBytes(bytes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxAnswerBytes");
    }
}
