package io.github.deepthink4j.guides.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.guides.servers.RedisServer;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The recipes of docs/recipes.md about conversations in a database and in Redis, also where a server fails. */
@Timeout(60)
class StoreRecipesTest {

    private static final List<ChatMessage> MESSAGES = List.of(
            UserMessage.from("Which one? 哪个？"),
            AiMessage.builder()
                    .text("That one")
                    .thinking("They are two 🙂")
                    .attributes(Map.of("reasoning_signature", "of the host"))
                    .build());

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final JdbcDataSource database = new JdbcDataSource();
    private DeepSeekChatModel model;

    @BeforeEach
    void open() {
        database.setURL("jdbc:h2:mem:stores-" + deepSeek.port() + ";DB_CLOSE_DELAY=-1");
        model = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();
    }

    @AfterEach
    void close() {
        model.close();
        deepSeek.close();
    }

    @Test
    void should_keep_a_conversation_in_the_database_that_a_failing_server_interrupts() {
        should_go_on_after_faults(Conversations.in(database), Conversations.in(database));
    }

    @Test
    void should_keep_thoughts_and_attributes_in_redis(@TempDir Path folder) throws Exception {
        try (RedisServer redis = RedisServer.start(folder);
                RedisClient client = RedisClient.create("127.0.0.1", redis.port())) {
            RedisConversations store = new RedisConversations(client, Duration.ofDays(30));

            assertThat(store.getMessages("c-1")).isEmpty();
            store.updateMessages("c-1", MESSAGES);

            assertThat(new RedisConversations(client, Duration.ofDays(30)).getMessages("c-1"))
                    .isEqualTo(MESSAGES);
            assertThat(client.pttl("conversation:c-1"))
                    .isBetween(
                            Duration.ofDays(29).toMillis(), Duration.ofDays(30).toMillis());
            store.deleteMessages("c-1");
            assertThat(store.getMessages("c-1")).isEmpty();
        }
    }

    @Test
    void should_keep_a_conversation_in_redis_that_a_failing_server_interrupts(@TempDir Path folder) throws Exception {
        try (RedisServer redis = RedisServer.start(folder);
                RedisClient client = RedisClient.create("127.0.0.1", redis.port());
                RedisClient afterARestart = RedisClient.create("127.0.0.1", redis.port())) {
            should_go_on_after_faults(
                    new RedisConversations(client, Duration.ofDays(30)),
                    new RedisConversations(afterARestart, Duration.ofDays(30)));
        }
    }

    @Test
    void should_ask_nothing_where_redis_has_gone(@TempDir Path folder) throws Exception {
        try (RedisServer redis = RedisServer.start(folder);
                RedisClient client = RedisClient.create("127.0.0.1", redis.port())) {
            Remembering assistant = Remembering.on(model, new RedisConversations(client, Duration.ofDays(30)));
            assistant.chat("c-1", "Hi");
            redis.stop();

            assertThatThrownBy(() -> assistant.chat("c-1", "Hi again")).isInstanceOf(JedisConnectionException.class);
            assertThat(deepSeek.requests()).hasSize(1);
        }
    }

    private void should_go_on_after_faults(ChatMemoryStore store, ChatMemoryStore afterARestart) {
        Remembering assistant = Remembering.on(model, store);
        deepSeek.respond(
                Answer.error(429, "Too many").header("Retry-After", "0"),
                Answer.text("Ada it is"),
                Answer.thinking("So").thenText("Half of an answer").fault(Fault.CUT_IN_ANSWER),
                Answer.text("Ada"));

        assertThat(assistant.chat("c-1", "My name is Ada")).isEqualTo("Ada it is");
        assertThatThrownBy(() -> assistant.chat("c-1", "What is my name?")).isInstanceOf(StreamCutException.class);
        assertThat(Remembering.on(model, afterARestart).chat("c-1", "What is my name?"))
                .isEqualTo("Ada");

        assertThat(deepSeek.requests()).hasSize(4);
        assertThat(deepSeek.lastRequest().body().path("messages").toString())
                .contains("My name is Ada", "Ada it is", "What is my name?")
                .doesNotContain("Half of an answer");
        assertThat(afterARestart.getMessages("c-1").toString()).contains("Ada it is", "What is my name?");
    }
}
