package io.github.deepthink4j.guides.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What docs/recipes.md says about logging. */
@Timeout(60)
class LoggingRecipesTest {

    private static final String KEY = "sk-0123456789abcdef0123456789abcdef";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Captured log = new Captured();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder logging() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey(KEY)
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .logger(log);
    }

    @Test
    void should_write_each_request_and_each_answer_once_and_no_key() throws Exception {
        deepSeek.respond(Answer.thinking("So").thenText("Fine"), Answer.text("Bye"));

        try (DeepSeekChatModel model =
                logging().logRequests(true).logResponses(true).build()) {
            model.chat("Hi");
            model.chat("Bye");
        }

        assertThat(log.next()).startsWith("INFO HTTP request:").contains("Hi").doesNotContain(KEY);
        assertThat(log.next())
                .startsWith("INFO HTTP response:")
                .contains("So", "Fine", "request id: ")
                .doesNotContain(KEY);
        assertThat(log.next()).startsWith("INFO HTTP request:").contains("Bye");
        assertThat(log.next()).startsWith("INFO HTTP response:").contains("Bye");
        assertThat(log.lines).isEmpty();
    }

    @Test
    void should_write_nothing_of_a_call_that_went_well_by_default() {
        try (DeepSeekChatModel model = logging().build()) {
            model.chat("Hi");
        }

        assertThat(log.lines).isEmpty();
    }

    @Test
    void should_warn_in_the_same_log() throws Exception {
        try (DeepSeekChatModel model = logging()
                .requestListener(request -> {
                    throw new IllegalStateException("no disk");
                })
                .build()) {
            model.chat("Hi");
        }

        assertThat(log.next()).startsWith("WARN ");
    }

    @Test
    void should_tell_listeners_of_each_request_answer_and_error() {
        deepSeek.respond(Answer.text("Fine"), Answer.error(400, "No"));
        List<String> told = new CopyOnWriteArrayList<>();
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                told.add("request");
            }

            @Override
            public void onResponse(ChatModelResponseContext context) {
                told.add("answer " + context.chatResponse().aiMessage().text());
            }

            @Override
            public void onError(ChatModelErrorContext context) {
                told.add("error");
            }
        };

        try (DeepSeekChatModel model = logging()
                .requestListener(request -> told.add("sent"))
                .listeners(listener)
                .build()) {
            model.chat("Hi");
            assertThat(catchThrowable(() -> model.chat("Hi"))).isNotNull();
        }

        assertThat(told).containsExactly("request", "sent", "answer Fine", "request", "sent", "error");
    }

    /** A logger that keeps what is written, as {@code LEVEL text}. */
    private static final class Captured extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1;

        private final transient BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return lines.poll(20, TimeUnit.SECONDS);
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Captured.class.getName();
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String text, Object[] arguments, Throwable error) {
            lines.add(level + " " + MessageFormatter.basicArrayFormat(text, arguments));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
