package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.spi.services.TokenStreamAdapter;
import java.lang.reflect.Type;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReasoningTokenStreamAdapterTest {

    private final ReasoningTokenStreamAdapter adapter = new ReasoningTokenStreamAdapter();

    /** Methods as an AI service may have them; only the first is ours. */
    @SuppressWarnings("rawtypes")
    interface Service {

        Flux<ReasoningEvent> events();

        Flux<String> text();

        Flux<? extends ReasoningEvent> someEvents();

        Flux raw();

        <T> Flux<T> any();

        Mono<ReasoningEvent> one();

        String blocking();
    }

    private static Type returned(String method) throws NoSuchMethodException {
        return Service.class.getMethod(method).getGenericReturnType();
    }

    @Test
    void should_be_found_by_langchain4j_and_take_events() throws NoSuchMethodException {
        assertThat(ServiceLoader.load(TokenStreamAdapter.class))
                .hasAtLeastOneElementOfType(ReasoningTokenStreamAdapter.class);
        assertThat(adapter.canAdaptTokenStreamTo(returned("events"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "someEvents", "raw", "any", "one", "blocking"})
    void should_leave_other_types_to_others(String method) throws NoSuchMethodException {
        assertThat(adapter.canAdaptTokenStreamTo(returned(method))).isFalse();
    }
}
