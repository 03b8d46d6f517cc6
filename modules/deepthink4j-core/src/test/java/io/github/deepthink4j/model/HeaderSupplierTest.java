package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Headers that are asked for anew each time are asked for when they are needed, and not when a model is built. */
@Timeout(60)
class HeaderSupplierTest {

    private static final String NOWHERE = "http://localhost:9";

    private final AtomicInteger asked = new AtomicInteger();
    private final Supplier<Map<String, String>> vault = () -> {
        asked.incrementAndGet();
        throw new IllegalStateException("the vault is closed");
    };

    private <B extends DeepSeekConnectionBuilder<B>> B set(B builder) {
        return builder.baseUrl(NOWHERE).customHeaders(vault);
    }

    private static void assertVault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(e -> assertThat(e instanceof CompletionException ? e.getCause() : e)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("the vault is closed"));
    }

    @Test
    void should_throw_by_the_call_what_the_supplier_throws() {
        try (DeepSeekChatModel chat = set(DeepSeekChatModel.builder())
                        .modelName("deepseek-flash")
                        .build();
                DeepSeekFimModel fim = set(DeepSeekFimModel.builder())
                        .modelName("deepseek-flash")
                        .build();
                DeepSeekWebSearchEngine search =
                        set(DeepSeekWebSearchEngine.builder()).build();
                DeepSeekFiles files = set(DeepSeekFiles.builder()).build();
                DeepSeekAccount account = set(DeepSeekAccount.builder()).build();
                DeepSeekModelCatalog catalog =
                        set(DeepSeekModelCatalog.builder()).build()) {
            assertThat(asked).hasValue(0);

            assertVault(() -> chat.chat("Hi"));
            assertVault(() -> fim.generate("Hi"));
            assertVault(() -> search.search("Hi"));
            assertVault(files::list);
            assertVault(account::balance);
            assertVault(catalog::listModels);
            assertThat(asked).hasValue(6);
        }
    }

    /** Whether it has a key nobody knows before it is asked. */
    @Test
    void should_build_for_deepseek_with_the_key_in_the_headers() {
        DeepSeekChatModel.builder()
                .customHeaders(vault)
                .modelName("deepseek-flash")
                .build()
                .close();
        assertThat(asked).hasValue(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeepSeekChatModel.builder()
                        .customHeaders(Map.of())
                        .modelName("deepseek-flash")
                        .build())
                .withMessageContaining("apiKey is missing");
    }

    @Test
    void should_check_fixed_headers_when_the_model_is_built() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set(DeepSeekChatModel.builder())
                        .customHeaders(Map.of("Host", "example.com"))
                        .modelName("deepseek-flash")
                        .build())
                .withMessageContaining("Host");
    }
}
