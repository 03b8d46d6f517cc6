package io.github.deepthink4j.agent.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.model.AsyncChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** By what a request needs, and by the thoughts that its history has. */
class CapabilityRouterTest {

    private static final ChatMessage HI = UserMessage.from("Hi");

    private static DeepSeekChatModel model(ModelProfile profile, boolean thinking) {
        return DeepSeekChatModel.builder()
                .apiKey("test")
                .modelName(profile.name())
                .profile(profile)
                .thinking(thinking)
                .build();
    }

    private final ChatModel r1 = model(ModelProfile.R1, true);
    private final ChatModel thinks = model(ModelProfile.V4_1, true);
    private final ChatModel chats = model(ModelProfile.V4_1, false);

    private final CapabilityRouter router = CapabilityRouter.builder()
            .route("r1", r1)
            .route("chats", chats)
            .route("thinks", thinks)
            .build();

    @Test
    void should_name_the_first_route_that_can() {
        assertThat(router.route(Duo.request(HI))).isEqualTo("r1");
        assertThat(router.route(Duo.requestWithTool(HI))).isEqualTo("chats");
        assertThat(router.route(ChatRequest.builder()
                        .messages(HI)
                        .responseFormat(ResponseFormat.JSON)
                        .build()))
                .isEqualTo("chats");
        assertThat(router.route(Duo.request(UserMessage.from(ImageContent.from("https://example.com/a.png")))))
                .isEqualTo("chats");
    }

    private static ChatRequest afterACall(String thought) {
        AiMessage call = AiMessage.builder()
                .thinking(thought)
                .toolExecutionRequests(List.of(Duo.weatherCall("1")))
                .build();
        return Duo.requestWithTool(
                HI,
                call,
                ToolExecutionResultMessage.from(Duo.weatherCall("1"), "sunny"),
                AiMessage.from("Sunny"),
                UserMessage.from("And tomorrow?"));
    }

    @Test
    void should_go_by_the_thoughts_of_the_history() {
        assertThat(router.route(afterACall("A tool knows."))).isEqualTo("thinks");
        assertThat(router.route(afterACall(null))).isEqualTo("chats");
    }

    @Test
    void should_name_one_that_can_where_no_rule_fits() {
        CapabilityRouter one = CapabilityRouter.builder().route("chats", chats).build();

        assertThat(one.route(afterACall("A tool knows."))).isEqualTo("chats");
    }

    @Test
    void should_take_another_vendors_model_by_what_is_declared() {
        ChatModel other = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return null;
            }
        };
        CapabilityRouter declared = CapabilityRouter.builder()
                .route("words", other, Set.of())
                .route("tools", other, Set.of(Feature.TOOLS))
                .build();

        assertThat(declared.route(Duo.request(HI))).isEqualTo("words");
        assertThat(declared.route(Duo.requestWithTool(HI))).isEqualTo("tools");
        assertThatThrownBy(() -> declared.route(ChatRequest.builder()
                        .messages(HI)
                        .responseFormat(ResponseFormat.JSON)
                        .build()))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("the tools lacks JSON output");
    }

    @Test
    void should_take_models_that_stream() {
        StreamingChatModel stream = DeepSeekStreamingChatModel.builder()
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();

        assertThat(CapabilityRouter.builder()
                        .route("stream", stream)
                        .route("declared", stream, Set.of())
                        .build()
                        .route(Duo.requestWithTool(HI)))
                .isEqualTo("stream");
    }

    @Test
    void should_refuse_no_routes_and_two_of_one_name() {
        assertThatThrownBy(() -> CapabilityRouter.builder().build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CapabilityRouter.builder().route("a", r1).route("a", chats))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_be_no_other_kind_of_router() {
        assertThatThrownBy(() -> router.as(Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("since 1.23");
    }

    private static Class<?> routerOfLangChain4j() {
        try {
            return Class.forName("dev.langchain4j.model.chat.router.ChatModelRouter");
        } catch (ClassNotFoundException e) {
            return Assumptions.abort("LangChain4j has routers since 1.23");
        }
    }

    private ChatModel routed(Class<?> type, String... names) throws Exception {
        Object builder = Class.forName("dev.langchain4j.model.chat.router.RoutingChatModel")
                .getMethod("builder")
                .invoke(null);
        for (String name : names) {
            ChatModel answersItsName = new AsyncChatModel() {
                @Override
                public ChatResponse doChat(ChatRequest request) {
                    return ChatResponse.builder()
                            .aiMessage(AiMessage.from(name))
                            .build();
                }

                @Override
                public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
                    return CompletableFuture.completedFuture(doChat(request));
                }
            };
            builder.getClass().getMethod("route", String.class, ChatModel.class).invoke(builder, name, answersItsName);
        }
        builder.getClass().getMethod("router", type).invoke(builder, router.as(type));
        builder.getClass().getMethod("defaultRoute", String.class).invoke(builder, names[0]);
        try {
            return (ChatModel) builder.getClass().getMethod("build").invoke(builder);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @Test
    void should_be_a_router_of_langchain4j_where_it_has_one() throws Exception {
        ChatModel model = routed(routerOfLangChain4j(), "r1", "chats", "thinks");

        assertThat(model.chat(Duo.requestWithTool(HI)).aiMessage().text()).isEqualTo("chats");
        assertThat(model.chat(afterACall("A tool knows.")).aiMessage().text()).isEqualTo("thinks");
        CompletableFuture<?> async = (CompletableFuture<?>)
                ChatModel.class.getMethod("chatAsync", ChatRequest.class).invoke(model, Duo.requestWithTool(HI));
        assertThat(((ChatResponse) async.join()).aiMessage().text()).isEqualTo("chats");
    }

    @Test
    void should_refuse_a_model_with_other_routes() {
        Class<?> type = routerOfLangChain4j();

        assertThatThrownBy(() -> routed(type, "r1", "chats", "else"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[r1, chats, thinks]");
    }
}
