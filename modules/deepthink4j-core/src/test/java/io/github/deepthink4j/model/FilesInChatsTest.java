package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploaded files in user messages: by their ids on the wire, through memories and JSON, and only for models that take them. */
@Timeout(60)
class FilesInChatsTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();
    private final DeepSeekFiles files =
            DeepSeekFiles.builder().baseUrl(deepSeek.baseUrl()).apiKey("test").build();

    @AfterEach
    void close() {
        files.close();
        deepSeek.close();
    }

    private DeepSeekChatModel model(String name) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName(name)
                .build();
    }

    private UserMessage question(FilePurpose purpose) {
        UploadedFile file = files.upload("chart.png", new byte[] {1, 2, 3}, purpose);
        return UserMessage.from(TextContent.from("What is 2 + 2?"), file.asContent());
    }

    static Stream<ChatMemory> memories() {
        return Stream.of(
                MessageWindowChatMemory.withMaxMessages(10),
                ReasoningChatMemory.builder().profile(ModelProfile.V4_1).build());
    }

    @ParameterizedTest
    @MethodSource("memories")
    void should_speak_of_a_file_by_its_id(ChatMemory memory) {
        deepSeek.onAnyMessage().answer("4");
        memory.add(question(FilePurpose.USER_DATA));
        memory.add(question(FilePurpose.TEXT_RECOGNITION));
        List<ChatMessage> stored =
                ChatMessageDeserializer.messagesFromJson(ChatMessageSerializer.messagesToJson(memory.messages()));
        try (DeepSeekChatModel model = model("deepseek-flash")) {

            model.chat(stored);
        }

        assertThat(stored).isEqualTo(memory.messages());
        String body = deepSeek.lastRequest().body().path("messages").toString();
        assertThat(deepSeek.files())
                .hasSize(2)
                .allSatisfy(
                        id -> assertThat(body).contains("{\"type\":\"file\",\"file\":{\"file_id\":\"" + id + "\"}}"));
        assertThat(body).doesNotContain("deepseek-file:", "image_url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deepseek-v4-pro", "deepseek-reasoner", "deepseek-chat", "qwen3-vl-235b"})
    void should_refuse_a_file_for_a_model_that_takes_none_before_it_is_sent(String name) {
        UserMessage question = question(FilePurpose.USER_DATA);
        try (DeepSeekChatModel model = model(name)) {

            assertThatThrownBy(() -> model.chat(question))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("uploaded file content is not supported")
                    .hasMessageContaining(" on ")
                    .hasMessageContaining("api.deepseek.com");
        }
        assertThat(deepSeek.requests()).isEmpty();
    }

    @Test
    void should_tell_that_a_file_is_gone() {
        UserMessage question = question(FilePurpose.USER_DATA);
        files.delete(deepSeek.files().get(0));
        try (DeepSeekChatModel model = model("deepseek-flash")) {

            assertThatThrownBy(() -> model.chat(question))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("file-api-");
        }
    }

    /** One rule for all that takes an id. */
    @ParameterizedTest
    @ValueSource(strings = {"../a b", "a/b", "a b", "", ".", "..", "a%2Fb", "a?b"})
    void should_take_no_id_that_is_none(String id) {
        assertThatThrownBy(() -> UploadedFile.asContent(id, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UploadedFile(id, null, null, null, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.get(id)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.deleteAsync(id)).isInstanceOf(IllegalArgumentException.class);
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    /** What is left of such a url could be another file's id. */
    @ParameterizedTest
    @ValueSource(strings = {"../models", "a#b", "a#", "a?b", "a/b", "a%62", "//user@a", "//a", "?", "/", ".a"})
    void should_send_no_id_that_is_none_from_a_url_of_someone_elses(String id) {
        UserMessage question = UserMessage.from(
                TextContent.from("What is 2 + 2?"), ImageContent.from(URI.create("deepseek-file:" + id)));
        try (DeepSeekChatModel model = model("deepseek-flash")) {

            assertThatThrownBy(() -> model.chat(question)).isInstanceOf(InvalidRequestException.class);
        }
        assertThat(deepSeek.allRequests()).isEmpty();
    }
}
