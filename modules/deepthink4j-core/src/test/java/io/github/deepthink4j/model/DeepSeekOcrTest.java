package io.github.deepthink4j.model;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.document.BlankDocumentException;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.loader.FileSystemDocumentLoader;
import dev.langchain4j.exception.InvalidRequestException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.ServiceAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OCR, and the document parser that stands on it. */
@Timeout(120)
class DeepSeekOcrTest {

    @TempDir
    Path folder;

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();
    private final DeepSeekOcr ocr = builder().build();
    private final DeepSeekDocumentParser parser = new DeepSeekDocumentParser(ocr);

    private DeepSeekOcr.Builder builder() {
        return DeepSeekOcr.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .retryPolicy(
                        RetryPolicy.custom().baseDelay(Duration.ofMillis(1)).build());
    }

    @AfterEach
    void close() {
        ocr.close();
        deepSeek.close();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("report.pdf"), text);
    }

    @Test
    void should_read_page_by_page() throws IOException {
        OcrResult result = ocr.recognize(file("One\fTwo"));

        assertThat(result.pages())
                .containsExactly(new OcrResult.Page(1, "One", "stop"), new OcrResult.Page(2, "Two", "stop"));
        assertThat(result.incompletePages()).isEmpty();
        assertThat(deepSeek.files()).isEmpty();
        assertThat(deepSeek.allRequests())
                .singleElement()
                .satisfies(sent -> assertThat(sent.path()).isEqualTo("/v1/tools/ocr"));
    }

    @Test
    void should_price_the_pages_where_there_is_a_price_list() throws IOException {
        Path file = file("One\fTwo");
        Currency yuan = Currency.getInstance("CNY");
        Pricing list = new Pricing() {
            @Override
            public Cost price(BilledCall call) {
                throw new AssertionError("a document is no chat");
            }

            @Override
            public Cost priceService(URI endpoint, String service, long quantity, Instant moment) {
                assertThat(endpoint.getPath()).isEqualTo("/v1/tools/ocr");
                assertThat(service).isEqualTo("ocr");
                return Cost.in(yuan).services(BigDecimal.valueOf(quantity)).build();
            }
        };
        try (DeepSeekOcr priced = builder().pricing(list).build();
                DeepSeekOcr broken =
                        builder().pricing(call -> Cost.unknown("no service")).build()) {

            assertThat(priced.recognize(file).cost())
                    .isEqualTo(Cost.in(yuan).services(BigDecimal.valueOf(2)).build());
            assertThat(broken.recognize(file).cost().isKnown()).isFalse();
            assertThat(ocr.recognize(file).cost()).isNull();
        }
    }

    @Test
    void should_wait_while_blank_lines_come() throws IOException {
        deepSeek.onOcr(anything()).pages("One").keepAlives(20);

        assertThat(ocr.recognizeAsync(file("x")).join().pages()).hasSize(1);
    }

    @Test
    void should_tell_pages_that_are_not_whole() throws IOException {
        deepSeek.onOcr(anything()).pages("One", "Two").fault(Fault.BUDGET_EATEN);

        OcrResult result = ocr.recognize(file("x"));
        Document document = parser.parse(file("x"));

        assertThat(result.incompletePages()).containsExactly(2);
        assertThat(document.text()).isEqualTo("One\n\nTwo");
        assertThat(document.metadata().toMap()).isEqualTo(Map.of("page_count", 2, "incomplete_pages", "2"));
    }

    @Test
    void should_take_marks_and_places_away_and_nothing_else() throws IOException {
        deepSeek.onOcr(anything())
                .pages("<|ref|>Title<|/ref|><|box|>[[52, 40, 90, 60]]<|/box|>\n# Title\n\na <b|c> <|d|>\n");

        OcrResult.Page page = ocr.recognize(file("x")).pages().get(0);

        assertThat(page.text()).contains("<|box|>");
        assertThat(page.plainText()).isEqualTo("Title\n# Title\n\na <b|c> <|d|>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"pages\":null}",
                "{\"pages\":[]}",
                "{\"pages\":[{}]}",
                "{\"pages\":[{\"text\":7}]}",
                "{\"page_count\":2,\"pages\":[{\"text\":\"One\",\"finish_reason\":\"stop\"}]}"
            })
    void should_not_take_what_is_no_answer_for_an_empty_document(String body) throws IOException {
        deepSeek.onOcr(anything()).json(body);
        Path file = file("x");

        assertThatThrownBy(() -> ocr.recognize(file)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void should_say_of_a_page_without_a_reason_that_it_may_not_be_whole() throws IOException {
        deepSeek.onOcr(anything()).json("{\"pages\":[{\"text\":\"One\"}]}");

        assertThat(ocr.recognize(file("x")).incompletePages()).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void should_tell_each_fault(Fault fault) throws IOException {
        deepSeek.onOcr(anything()).pages("One").fault(fault);
        Path file = file("x");

        // Little time for what never ends, and ample time for all else: other tests run beside these.
        boolean endless = fault.name().startsWith("STALL") || fault == Fault.SLOW_HEADERS;
        Throwable thrown;
        try (DeepSeekOcr hasty = builder()
                .parseTimeout(endless ? Duration.ofMillis(800) : Duration.ofMinutes(2))
                .timeout(endless ? Duration.ofSeconds(2) : Duration.ofMinutes(2))
                .build()) {
            DeepSeekDocumentParser parsing = new DeepSeekDocumentParser(hasty);
            thrown = catchThrowable(() -> parsing.parse(file));
        }

        if (fault == Fault.NO_DONE || fault == Fault.BUDGET_EATEN) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).isInstanceOf(DeepSeekError.class);
        }
    }

    @Test
    void should_parse_a_stream_within_langchain4js_loader() throws IOException {
        Path file = file("One\fTwo");

        Document document = FileSystemDocumentLoader.loadDocument(file, parser);

        assertThat(document.text()).isEqualTo("One\n\nTwo");
        assertThat(document.metadata().getString(Document.FILE_NAME)).isEqualTo("report.pdf");
        assertThat(document.metadata().getInteger("page_count")).isEqualTo(2);
    }

    @Test
    void should_give_a_document_of_each_page_that_has_text() throws IOException {
        List<Document> pages = parser.parsePages(file("One\f \fThree"));

        assertThat(pages).extracting(Document::text).containsExactly("One", "Three");
        assertThat(pages.get(1).metadata().getInteger("page_number")).isEqualTo(3);
    }

    @Test
    void should_say_of_a_blank_document_that_it_is_blank() throws IOException {
        deepSeek.onOcr(anything()).reply(request -> ServiceAnswer.pages(" ", ""));
        Path file = file("x");

        assertThatThrownBy(() -> parser.parse(file)).isInstanceOf(BlankDocumentException.class);
        assertThatThrownBy(() -> parser.parsePages(file)).isInstanceOf(BlankDocumentException.class);
    }

    @Test
    void should_refuse_a_stream_that_is_empty_or_too_large_before_it_is_sent() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return length;
            }
        };

        assertThatThrownBy(() -> parser.parse(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> parser.parse(endless))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("100 MiB");
        assertThat(deepSeek.allRequests()).isEmpty();
    }
}
