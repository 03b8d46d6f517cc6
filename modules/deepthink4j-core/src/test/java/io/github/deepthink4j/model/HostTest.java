package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each host as docs/protocol.md, section 8, has it: a server that answers in its way, a tool round, and what is sent to
 * it with thinking on and off. V4-Pro is asked everywhere, since it wants its reasoning back.
 */
class HostTest {

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String delta = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = ("data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{" + delta + "}}]}\n\n"
                            + "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Yes\"},"
                            + "\"finish_reason\":\"stop\"}]}\n\n"
                            + "data: {\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\ndata: [DONE]\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    static Stream<Arguments> hosts() {
        String field = "\"reasoning_content\":\"So\"";
        String reasoning = "\"reasoning\":\"So\"";
        String both = field + "," + reasoning;
        String tags = "\"content\":\"<think>So</think>\\n\\n\"";
        String details = reasoning + ",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"So\"}]";
        String kwargsOn = "\"chat_template_kwargs\":{\"thinking\":true}";
        String kwargsOff = "\"chat_template_kwargs\":{\"thinking\":false}";
        String typeOn = "\"thinking\":{\"type\":\"enabled\"}";
        String typeOff = "\"thinking\":{\"type\":\"disabled\"}";
        return Stream.of(
                host(ReasoningDialect.DEEPSEEK, field, field, typeOn, typeOff),
                host(ReasoningDialect.VLLM, field, both, kwargsOn, kwargsOff),
                host(ReasoningDialect.VLLM, both, both, kwargsOn, kwargsOff),
                host(ReasoningDialect.VLLM, reasoning, both, kwargsOn, kwargsOff),
                host(ReasoningDialect.VLLM, tags, both, kwargsOn, kwargsOff),
                host(ReasoningDialect.SGLANG, field, field, kwargsOn, kwargsOff),
                host(ReasoningDialect.LLAMA_CPP, field, field, kwargsOn, kwargsOff),
                host(ReasoningDialect.LLAMA_CPP, tags, field, kwargsOn, kwargsOff),
                host(ReasoningDialect.OLLAMA, reasoning, reasoning, "", "\"reasoning_effort\":\"none\""),
                host(ReasoningDialect.LM_STUDIO, field, field, typeOn, typeOff),
                host(ReasoningDialect.LM_STUDIO, reasoning, reasoning, typeOn, typeOff),
                host(ReasoningDialect.LM_STUDIO, tags, field, typeOn, typeOff),
                host(
                        ReasoningDialect.OPENROUTER,
                        details,
                        field,
                        "\"reasoning\":{\"enabled\":true}",
                        "\"reasoning\":{\"enabled\":false}"),
                host(
                        ReasoningDialect.GROQ,
                        reasoning,
                        reasoning,
                        "\"reasoning_format\":\"parsed\"",
                        "\"reasoning_effort\":\"none\""),
                host(
                        ReasoningDialect.TOGETHER,
                        reasoning,
                        reasoning,
                        "\"reasoning\":{\"enabled\":true}",
                        "\"reasoning\":{\"enabled\":false}"),
                host(ReasoningDialect.FIREWORKS, field, field, typeOn, typeOff),
                host(ReasoningDialect.FIREWORKS, tags, field, typeOn, typeOff),
                host(
                        ReasoningDialect.SILICONFLOW,
                        field,
                        field,
                        "\"enable_thinking\":true",
                        "\"enable_thinking\":false"),
                host(
                        ReasoningDialect.VOLCENGINE_ARK,
                        "\"role\":\"assistant\",\"content\":\"\"," + field,
                        field,
                        typeOn,
                        typeOff),
                host(ReasoningDialect.DASHSCOPE, field, field, "\"enable_thinking\":true", "\"enable_thinking\":false"),
                host(ReasoningDialect.AZURE, "\"role\":null,\"content\":null," + field, field, typeOn, typeOff),
                host(ReasoningDialect.AZURE, tags, field, typeOn, typeOff),
                host(ReasoningDialect.NVIDIA_NIM, reasoning, reasoning, kwargsOn, kwargsOff),
                host(ReasoningDialect.NVIDIA_NIM, field, field, kwargsOn, kwargsOff),
                host(ReasoningDialect.TENCENT, field, field, typeOn, typeOff),
                host(ReasoningDialect.MOONSHOT, field, field, typeOn, typeOff),
                host(ReasoningDialect.ZHIPU, field, field, typeOn, typeOff),
                host(ReasoningDialect.OTHER_HOST, "\"thinking\":\"So\"", "\"thinking\":\"So\"", typeOn, typeOff),
                host(
                        ReasoningDialect.OTHER_HOST,
                        "\"reasoning_details\":[{\"text\":\"So\"}]",
                        "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"So\"}]",
                        typeOn,
                        typeOff));
    }

    private static Arguments host(ReasoningDialect host, String delta, String sentBack, String on, String off) {
        return Arguments.of(host.name(), host, delta, sentBack, on, off);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("hosts")
    void should_read_write_and_switch_as_the_host_does(
            String name, ReasoningDialect host, String answered, String sentBack, String on, String off)
            throws IOException {
        delta = answered;

        AiMessage answer = ask(host, true, UserMessage.from("Hi")).aiMessage();
        ToolExecutionRequest call =
                ToolExecutionRequest.builder().id("1").name("f").arguments("{}").build();
        AiMessage calling =
                answer.toBuilder().toolExecutionRequests(List.of(call)).build();
        ask(host, true, UserMessage.from("Hi"), calling, ToolExecutionResultMessage.from(call, "x"));
        ask(host, false, UserMessage.from("Hi"));

        assertThat(answer.thinking()).isEqualTo("So");
        assertThat(answer.text()).isEqualTo("Yes");
        assertThat(requests.get(0)).contains(on).doesNotContain(off);
        assertThat(requests.get(1))
                .contains("\"role\":\"assistant\",\"content\":\"Yes\"," + sentBack + ",\"tool_calls\"");
        assertThat(requests.get(2)).contains(off).doesNotContain("\"So\"");
        assertThat(Files.readString(Path.of("../../docs/hosts.md"))).contains("| " + name + " |");
    }

    @Test
    void should_hand_minimax_its_thought_back_between_tags() {
        delta = "\"content\":\"<think>\\nSo\\n</think>\\n\\n\"";
        DeepSeekChatModel.Builder minimax =
                model(ReasoningDialect.MINIMAX).modelName("MiniMax-M2").profile(null);

        AiMessage answer = ask(minimax, UserMessage.from("Hi")).aiMessage();
        ToolExecutionRequest call =
                ToolExecutionRequest.builder().id("1").name("f").arguments("{}").build();
        AiMessage calling =
                answer.toBuilder().toolExecutionRequests(List.of(call)).build();
        ask(minimax, UserMessage.from("Hi"), calling, ToolExecutionResultMessage.from(call, "x"));
        ask(minimax, UserMessage.from("Hi"), AiMessage.from("Yes"), UserMessage.from("And now?"));

        assertThat(answer.thinking()).isEqualTo("\nSo\n");
        assertThat(answer.text()).isEqualTo("Yes");
        assertThat(requests.get(1))
                .contains("\"role\":\"assistant\",\"content\":\"<think>\\nSo\\n</think>\\n\\nYes\",\"tool_calls\"");
        assertThat(requests.get(2)).contains("{\"role\":\"assistant\",\"content\":\"Yes\"}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none", "OTHER_HOST"})
    void should_hand_minimax_its_thought_back_as_it_was_read_on_a_host_that_is_not_known(String host) throws Exception {
        ReasoningDialect dialect = host == null
                ? null
                : (ReasoningDialect) ReasoningDialect.class.getField(host).get(null);
        DeepSeekChatModel.Builder minimax =
                model(dialect).modelName("MiniMaxAI/MiniMax-M2").profile(null);
        ToolExecutionRequest call =
                ToolExecutionRequest.builder().id("1").name("f").arguments("{}").build();
        for (String read : List.of("\"content\":\"<think>So</think>\\n\\n\"", "\"reasoning\":\"So\"")) {
            delta = read;
            AiMessage answer = ask(minimax, UserMessage.from("Hi")).aiMessage();
            AiMessage calling =
                    answer.toBuilder().toolExecutionRequests(List.of(call)).build();
            ask(minimax, UserMessage.from("Hi"), calling, ToolExecutionResultMessage.from(call, "x"));
        }

        assertThat(requests.get(1))
                .contains("\"content\":\"<think>So</think>\\n\\nYes\"")
                .doesNotContain("reasoning_content");
        assertThat(requests.get(3)).contains("\"content\":\"Yes\",\"reasoning\":\"So\"");
    }

    static Stream<Arguments> models() {
        String template = "\"chat_template_kwargs\":{\"enable_thinking\":true}";
        String templateOff = "\"chat_template_kwargs\":{\"enable_thinking\":false}";
        String deepSeeks = "\"chat_template_kwargs\":{\"thinking\":true}";
        String deepSeeksOff = "\"chat_template_kwargs\":{\"thinking\":false}";
        String type = "\"thinking\":{\"type\":\"enabled\"}";
        String typeOff = "\"thinking\":{\"type\":\"disabled\"}";
        return Stream.of(
                Arguments.of("Qwen/Qwen3-32B", ReasoningDialect.VLLM, template, templateOff),
                Arguments.of("Qwen/Qwen3-32B", ReasoningDialect.OTHER_HOST, template, templateOff),
                Arguments.of(
                        "qwen3-32b",
                        ReasoningDialect.DASHSCOPE,
                        "\"enable_thinking\":true",
                        "\"enable_thinking\":false"),
                Arguments.of("qwen3:8b", ReasoningDialect.OLLAMA, "", "\"reasoning_effort\":\"none\""),
                Arguments.of("zai-org/GLM-4.6", ReasoningDialect.SGLANG, template, templateOff),
                Arguments.of("glm-4.7", ReasoningDialect.ZHIPU, type, typeOff),
                Arguments.of("moonshotai/Kimi-K2.5", ReasoningDialect.VLLM, deepSeeks, deepSeeksOff),
                Arguments.of("kimi-k2.6", ReasoningDialect.MOONSHOT, type, typeOff),
                Arguments.of("deepseek-ai/DeepSeek-V3.2", ReasoningDialect.VLLM, deepSeeks, deepSeeksOff));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("models")
    void should_switch_thinking_in_the_words_of_model_and_host(
            String modelName, ReasoningDialect host, String on, String off) {
        delta = "\"reasoning_content\":\"So\"";

        ask(model(host).modelName(modelName).profile(null).thinking(true), UserMessage.from("Hi"));
        ask(model(host).modelName(modelName).profile(null).thinking(false), UserMessage.from("Hi"));

        assertThat(requests.get(0)).contains(on).doesNotContain(off);
        assertThat(requests.get(1)).contains(off);
    }

    @ParameterizedTest
    @CsvSource({
        "Qwen/Qwen3-235B-A22B-Thinking-2507, VLLM",
        "kimi-k2-thinking, MOONSHOT",
        "MiniMax-M2, MINIMAX",
        "openai/gpt-oss-120b, OPENROUTER"
    })
    void should_refuse_to_turn_off_what_always_thinks(String modelName, String host) throws Exception {
        ReasoningDialect dialect =
                (ReasoningDialect) ReasoningDialect.class.getField(host).get(null);

        assertThatThrownBy(() ->
                        ask(model(dialect).modelName(modelName).profile(null).thinking(false), UserMessage.from("Hi")))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("turning thinking off");
        assertThat(requests).isEmpty();
    }

    @Test
    void should_ask_gpt_oss_for_an_effort_and_know_which_there_are() {
        delta = "\"reasoning\":\"So\"";
        DeepSeekChatModel.Builder oss =
                model(ReasoningDialect.OTHER_HOST).modelName("gpt-oss-20b").profile(null);

        ask(oss.reasoningEffort("LOW"), UserMessage.from("Hi"));

        assertThat(requests.get(0)).contains("\"reasoning_effort\":\"low\"");
        assertThatThrownBy(() -> ask(oss.reasoningEffort("max"), UserMessage.from("Hi")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("[high, low, medium]");
    }

    private ChatResponse ask(ReasoningDialect host, boolean thinking, ChatMessage... messages) {
        return ask(model(host).thinking(thinking), messages);
    }

    private DeepSeekChatModel.Builder model(ReasoningDialect host) {
        return DeepSeekChatModel.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .modelName("deepseek-v4-pro")
                .profile(ModelProfile.V4_PRO)
                .dialect(host);
    }

    private static ChatResponse ask(DeepSeekChatModel.Builder model, ChatMessage... messages) {
        return model.build()
                .chat(ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(
                                ToolSpecification.builder().name("f").build())
                        .build());
    }
}
