package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

    private ChatResponse ask(ReasoningDialect host, boolean thinking, ChatMessage... messages) {
        return DeepSeekChatModel.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .modelName("deepseek-v4-pro")
                .profile(ModelProfile.V4_PRO)
                .dialect(host)
                .thinking(thinking)
                .build()
                .chat(ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(
                                ToolSpecification.builder().name("f").build())
                        .build());
    }
}
