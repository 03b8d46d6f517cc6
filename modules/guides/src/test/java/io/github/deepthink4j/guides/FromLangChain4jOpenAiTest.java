package io.github.deepthink4j.guides;

import static org.openrewrite.java.Assertions.java;

import io.github.deepthink4j.model.DeepSeekChatModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;
import org.openrewrite.config.Environment;
import org.openrewrite.config.YamlResourceLoader;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.TypeValidation;

/** The recipe that core's jar has, on a small project. */
class FromLangChain4jOpenAiTest implements RewriteTest {

    private static final String FILE = "/META-INF/rewrite/deepthink4j.yml";

    /** Core's file alone: to look for recipes in all libraries of this class path takes half a minute. */
    private static Recipe recipe() {
        try (InputStream file = DeepSeekChatModel.class.getResourceAsStream(FILE)) {
            return Environment.builder()
                    .load(new YamlResourceLoader(
                            file, URI.create(FILE), new Properties(), FromLangChain4jOpenAiTest.class.getClassLoader()))
                    .build()
                    .activateRecipes("io.github.deepthink4j.FromLangChain4jOpenAi");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void defaults(RecipeSpec spec) {
        spec.recipe(recipe())
                .parser(JavaParser.fromJavaVersion()
                        .classpath("langchain4j-open-ai", "langchain4j-core", "langchain4j-http-client", "slf4j-api"));
    }

    @Test
    void should_change_models_builders_and_parameters() {
        rewriteRun(java("""
                package example;

                import dev.langchain4j.data.message.UserMessage;
                import dev.langchain4j.model.chat.ChatModel;
                import dev.langchain4j.model.chat.StreamingChatModel;
                import dev.langchain4j.model.chat.request.ChatRequest;
                import dev.langchain4j.model.openai.OpenAiChatModel;
                import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
                import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
                import java.time.Duration;
                import java.util.List;

                class Models {

                    ChatModel blocking(String key) {
                        return OpenAiChatModel.builder()
                                .baseUrl("https://api.deepseek.com")
                                .apiKey(key)
                                .modelName("deepseek-reasoner")
                                .maxTokens(4000)
                                .stop(List.of("END"))
                                .user("user-7")
                                .returnThinking(true)
                                .sendThinking(true, "reasoning_content")
                                .strictJsonSchema(true)
                                .parallelToolCalls(false)
                                .timeout(Duration.ofSeconds(60))
                                .build();
                    }

                    StreamingChatModel streaming(String key) {
                        OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder = OpenAiStreamingChatModel.builder();
                        builder.apiKey(key);
                        builder.returnThinking(true);
                        return builder.modelName("deepseek-reasoner").build();
                    }

                    ChatRequest request() {
                        return ChatRequest.builder()
                                .messages(UserMessage.from("Hi"))
                                .parameters(OpenAiChatRequestParameters.builder()
                                        .reasoningEffort("high")
                                        .maxCompletionTokens(100)
                                        .store(false)
                                        .build())
                                .build();
                    }
                }
                """, """
                package example;

                import dev.langchain4j.data.message.UserMessage;
                import dev.langchain4j.model.chat.ChatModel;
                import dev.langchain4j.model.chat.StreamingChatModel;
                import dev.langchain4j.model.chat.request.ChatRequest;
                import io.github.deepthink4j.model.DeepSeekChatModel;
                import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
                import io.github.deepthink4j.model.DeepSeekStreamingChatModel;

                import java.time.Duration;
                import java.util.List;

                class Models {

                    ChatModel blocking(String key) {
                        return DeepSeekChatModel.builder()
                                .baseUrl("https://api.deepseek.com")
                                .apiKey(key)
                                .modelName("deepseek-reasoner")
                                .maxOutputTokens(4000)
                                .stopSequences(List.of("END"))
                                .userId("user-7")
                                .timeout(Duration.ofSeconds(60))
                                .build();
                    }

                    StreamingChatModel streaming(String key) {
                        DeepSeekStreamingChatModel.Builder builder = DeepSeekStreamingChatModel.builder();
                        builder.apiKey(key);
                        return builder.modelName("deepseek-reasoner").build();
                    }

                    ChatRequest request() {
                        return ChatRequest.builder()
                                .messages(UserMessage.from("Hi"))
                                .parameters(DeepSeekChatRequestParameters.builder()
                                        .reasoningEffort("high")
                                        .maxOutputTokens(100)
                                        .build())
                                .build();
                    }
                }
                """));
    }

    @Test
    void should_leave_alone_what_has_nothing_to_do_with_it() {
        rewriteRun(java("""
                package example;

                class Other {

                    Other maxTokens(Integer maxTokens) {
                        return this;
                    }

                    Other use() {
                        return maxTokens(3);
                    }
                }
                """));
    }

    @Test
    void should_leave_models_that_do_not_chat_as_they_are() {
        rewriteRun(java("""
                package example;

                import dev.langchain4j.model.chat.ChatModel;
                import dev.langchain4j.model.embedding.EmbeddingModel;
                import dev.langchain4j.model.image.ImageModel;
                import dev.langchain4j.model.moderation.ModerationModel;
                import dev.langchain4j.model.openai.OpenAiChatModel;
                import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
                import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
                import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
                import dev.langchain4j.model.openai.OpenAiImageModel;
                import dev.langchain4j.model.openai.OpenAiModerationModel;
                import dev.langchain4j.model.openai.OpenAiResponsesChatModel;

                class Models {

                    ChatModel chat(String key) {
                        return OpenAiChatModel.builder().apiKey(key).organizationId("o").user("u").build();
                    }

                    EmbeddingModel embedding(String key) {
                        return OpenAiEmbeddingModel.builder().apiKey(key).organizationId("o").projectId("p").user("u").build();
                    }

                    ImageModel image(String key) {
                        return OpenAiImageModel.builder().apiKey(key).organizationId("o").user("u").build();
                    }

                    ModerationModel moderation(String key) {
                        return OpenAiModerationModel.builder().apiKey(key).projectId("p").build();
                    }

                    ChatModel responses(String key) {
                        return OpenAiResponsesChatModel.builder().apiKey(key).store(false).serviceTier("auto").build();
                    }

                    String tier(OpenAiChatResponseMetadata metadata) {
                        return metadata.serviceTier();
                    }

                    Integer limit(OpenAiChatRequestParameters parameters) {
                        return parameters.user() == null ? 1 : parameters.maxCompletionTokens();
                    }
                }
                """, """
                package example;

                import dev.langchain4j.model.chat.ChatModel;
                import dev.langchain4j.model.embedding.EmbeddingModel;
                import dev.langchain4j.model.image.ImageModel;
                import dev.langchain4j.model.moderation.ModerationModel;
                import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
                import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
                import dev.langchain4j.model.openai.OpenAiImageModel;
                import dev.langchain4j.model.openai.OpenAiModerationModel;
                import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
                import io.github.deepthink4j.model.DeepSeekChatModel;
                import io.github.deepthink4j.model.DeepSeekChatRequestParameters;

                class Models {

                    ChatModel chat(String key) {
                        return DeepSeekChatModel.builder().apiKey(key).userId("u").build();
                    }

                    EmbeddingModel embedding(String key) {
                        return OpenAiEmbeddingModel.builder().apiKey(key).organizationId("o").projectId("p").user("u").build();
                    }

                    ImageModel image(String key) {
                        return OpenAiImageModel.builder().apiKey(key).organizationId("o").user("u").build();
                    }

                    ModerationModel moderation(String key) {
                        return OpenAiModerationModel.builder().apiKey(key).projectId("p").build();
                    }

                    ChatModel responses(String key) {
                        return OpenAiResponsesChatModel.builder().apiKey(key).store(false).serviceTier("auto").build();
                    }

                    String tier(OpenAiChatResponseMetadata metadata) {
                        return metadata.serviceTier();
                    }

                    Integer limit(DeepSeekChatRequestParameters parameters) {
                        return parameters.userId() == null ? 1 : parameters.maxOutputTokens();
                    }
                }
                """));
    }

    /** What has no getter there is left for the compiler to tell: taken away, it would leave no expression. */
    @Test
    void should_take_no_getter_away() {
        rewriteRun(spec -> spec.typeValidationOptions(TypeValidation.none()), java("""
                        package example;

                        import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
                        import java.util.Map;

                        class Reader {

                            Map<String, String> of(OpenAiChatRequestParameters parameters) {
                                return parameters.metadata();
                            }
                        }
                        """, """
                        package example;

                        import io.github.deepthink4j.model.DeepSeekChatRequestParameters;

                        import java.util.Map;

                        class Reader {

                            Map<String, String> of(DeepSeekChatRequestParameters parameters) {
                                return parameters.metadata();
                            }
                        }
                        """));
    }

    /** A model in one file, its user in another, and what only mentions them in a third. */
    @Test
    void should_change_a_whole_project() {
        rewriteRun(java("""
                        package example;

                        import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

                        class Models {

                            static OpenAiStreamingChatModel reasoner(String key) {
                                return OpenAiStreamingChatModel.builder()
                                        .apiKey(key)
                                        .modelName("deepseek-reasoner")
                                        .maxCompletionTokens(9000)
                                        .returnThinking(true)
                                        .build();
                            }
                        }
                        """, """
                        package example;

                        import io.github.deepthink4j.model.DeepSeekStreamingChatModel;

                        class Models {

                            static DeepSeekStreamingChatModel reasoner(String key) {
                                return DeepSeekStreamingChatModel.builder()
                                        .apiKey(key)
                                        .modelName("deepseek-reasoner")
                                        .maxOutputTokens(9000)
                                        .build();
                            }
                        }
                        """), java("""
                        package example;

                        import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

                        class Service {

                            private final OpenAiStreamingChatModel model = Models.reasoner("key");
                        }
                        """, """
                        package example;

                        import io.github.deepthink4j.model.DeepSeekStreamingChatModel;

                        class Service {

                            private final DeepSeekStreamingChatModel model = Models.reasoner("key");
                        }
                        """), java("""
                        package example;

                        class Main {

                            public static void main(String[] args) {
                                new Service();
                            }
                        }
                        """));
    }
}
