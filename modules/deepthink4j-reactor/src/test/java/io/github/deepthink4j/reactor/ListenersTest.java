package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.github.deepthink4j.testkit.script.Answer;
import io.micrometer.context.ContextRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** LangChain4j's listeners are called once each, and see the subscriber's Context. */
class ListenersTest extends Simulated {

    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    private final List<String> heard = new CopyOnWriteArrayList<>();

    private final ChatModelListener listener = new ChatModelListener() {
        @Override
        public void onRequest(ChatModelRequestContext context) {
            note("request", context.attributes());
        }

        @Override
        public void onResponse(ChatModelResponseContext context) {
            note("response", context.attributes());
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            note("error", context.attributes());
        }

        private void note(String what, Map<Object, Object> attributes) {
            ContextView context = (ContextView) attributes.get(ContextView.class);
            heard.add(what + " " + context.getOrDefault("tenant", "-") + " " + TENANT.get());
        }
    };

    // Once for all tests: a scope that is still open on another thread when its accessor goes leaves the value there.
    @BeforeAll
    static void register() {
        ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
    }

    @AfterAll
    static void remove() {
        ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
    }

    private ReactiveDeepSeekChatModel listenedTo() {
        return ReactiveDeepSeekChatModel.from(builder().listeners(listener).build());
    }

    @Test
    void should_tell_request_and_response_with_the_context() {
        respond(Answer.thinking("so").thenText("done"));

        listenedTo().stream(HI).contextWrite(Context.of("tenant", "acme")).blockLast();

        assertThat(heard).containsExactly("request acme acme", "response acme acme");
        assertThat(TENANT.get()).isNull();
    }

    @Test
    void should_tell_an_error_once_although_there_were_retries() {
        respond(Answer.error(503, "busy"), Answer.error(503, "busy"), Answer.error(503, "busy"));

        listenedTo().stream(HI)
                .contextWrite(Context.of("tenant", "acme"))
                .onErrorResume(error -> Flux.empty())
                .blockLast();

        assertThat(heard).containsExactly("request acme acme", "error acme acme");
    }

    @Test
    void should_keep_the_contexts_of_subscribers_apart() {
        respond(Answer.thinking("so").thenText("done"), Answer.thinking("so").thenText("done"));
        ReactiveDeepSeekChatModel model = listenedTo();

        Flux.just("a", "b")
                .flatMap(tenant ->
                        model.chat(HI).subscribeOn(Schedulers.parallel()).contextWrite(Context.of("tenant", tenant)))
                .blockLast();

        assertThat(heard).containsExactlyInAnyOrder("request a a", "request b b", "response a a", "response b b");
    }

    @Test
    void should_call_listeners_without_a_context_too() {
        respond(Answer.thinking("so").thenText("done"));

        listenedTo().chat(HI).block();

        assertThat(heard).containsExactly("request - null", "response - null");
    }

    @Test
    void should_tell_nothing_more_after_a_cancel() {
        respond(Answer.thinking("so").thenText("done"));

        listenedTo().stream(HI).take(1).blockLast();

        assertThat(heard).containsExactly("request - null");
    }
}
