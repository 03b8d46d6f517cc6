package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.langchain4j.web.search.WebSearchRequest;
import io.github.deepthink4j.settings.RetryPolicy;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must not be {@code null} in the services beside chats is named by whoever finds it, and other odd arguments hold. */
@SuppressWarnings("NullAway")
class NullArgumentsTest {

    private static final String NOWHERE = "http://localhost:9";

    private final DeepSeekFiles files = quick(DeepSeekFiles.builder()).build();
    private final DeepSeekOcr ocr = quick(DeepSeekOcr.builder()).build();
    private final DeepSeekWebPageLoader loader =
            quick(DeepSeekWebPageLoader.builder()).build();
    private final DeepSeekWebSearchEngine engine =
            quick(DeepSeekWebSearchEngine.builder()).build();

    private static <B extends DeepSeekServiceBuilder<B>> B quick(B builder) {
        return builder.baseUrl(NOWHERE).apiKey("test").maxRetries(0);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : List.of(files, ocr, loader, engine)) {
            each.close();
        }
    }

    private static void names(String argument, ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatNullPointerException().isThrownBy(call).withMessage(argument);
        }
    }

    @Test
    void should_name_the_argument_that_is_null() {
        byte[] bytes = {1};
        Path path = Path.of("pom.xml");

        names(
                "file",
                () -> files.upload((Path) null, FilePurpose.USER_DATA),
                () -> files.uploadAsync((Path) null, FilePurpose.USER_DATA),
                () -> ocr.recognize((Path) null),
                () -> ocr.recognizeAsync((Path) null),
                () -> new DeepSeekDocumentParser(ocr).parse((Path) null));
        names("fileName", () -> files.upload(null, bytes, FilePurpose.USER_DATA), () -> ocr.recognize(null, bytes));
        names("bytes", () -> files.upload("a", null, FilePurpose.USER_DATA), () -> ocr.recognizeAsync("a", null));
        names("purpose", () -> files.upload(path, null), () -> files.uploadAsync("a", bytes, null));
        names("purpose", () -> DeepSeekOcr.builder().purpose(null));
        names(
                "id",
                () -> files.get(null),
                () -> files.getAsync(null),
                () -> files.delete(null),
                () -> files.deleteAsync(null),
                () -> UploadedFile.asContent(null, true),
                () -> new UploadedFile(null, null, null, null, null, null));
        names("inputStream", () -> new DeepSeekDocumentParser(ocr).parse((InputStream) null));
        names("ocr", () -> new DeepSeekDocumentParser(null));
        names("url", () -> loader.load((String) null), () -> loader.load((URI) null), () -> loader.loadAsync(null));
        names("request", () -> engine.search((WebSearchRequest) null), () -> engine.searchAsync(null));
        names(
                "parseTimeout",
                () -> DeepSeekFiles.builder().parseTimeout(null),
                () -> DeepSeekOcr.builder().parseTimeout(null));
        names("pages", () -> new OcrResult(null, null, null));
        names("text", () -> new OcrResult.Page(1, null, "stop"));
        names("finishReason", () -> new OcrResult.Page(1, "", null));
    }

    @Test
    void should_take_as_many_retries_as_there_are_numbers() {
        DeepSeekFiles.Builder service = DeepSeekFiles.builder().maxRetries(Integer.MAX_VALUE);
        DeepSeekChatModel.Builder model = DeepSeekChatModel.builder().maxRetries(Integer.MAX_VALUE);

        assertThat(service).isNotNull();
        assertThat(model).isNotNull();
        assertThat(RetryPolicy.DEFAULT.delay(Integer.MAX_VALUE, null, new Random(1)))
                .isPositive();
    }
}
