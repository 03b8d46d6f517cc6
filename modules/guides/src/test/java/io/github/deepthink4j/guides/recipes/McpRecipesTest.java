package io.github.deepthink4j.guides.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.mcp.client.McpClient;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recipe of docs/recipes.md about MCP, with a server that is a process of its own. */
@Timeout(60)
class McpRecipesTest {

    @Test
    void should_call_the_tools_of_a_server() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build()) {
            // The server refuses once, after the tool has been called.
            deepSeek.respond(
                    Answer.toolCall("stock", "{\"article\":\"lamp\"}").withThinking("I look it up."),
                    Answer.error(429, "Too many").header("Retry-After", "0"),
                    Answer.text("There are 17 lamps."));

            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String classes = Path.of(Server.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
            List<ProcessHandle> before = ProcessHandle.current().children().toList();
            String answer;
            List<ProcessHandle> servers;
            McpClient client = McpTools.client(java, "-cp", classes, Server.class.getName());
            try {
                answer = McpTools.on(model, client).chat("How many lamps are there?");
                servers = ProcessHandle.current()
                        .children()
                        .filter(child -> !before.contains(child)
                                && child.info().commandLine().orElse("").contains(Server.class.getName()))
                        .toList();
            } finally {
                client.close();
            }

            // The process ends with the client.
            assertThat(servers).isNotEmpty();
            for (ProcessHandle server : servers) {
                server.onExit().get(20, TimeUnit.SECONDS);
            }
            assertThat(answer).isEqualTo("There are 17 lamps.");
            assertThat(deepSeek.requests().get(0).body().path("tools").toString())
                    .contains("\"stock\"", "How many of an article there are", "\"article\"");
            assertThat(deepSeek.requests().get(2).body().path("messages").toString())
                    .contains("17 of lamp", "I look it up.");
        }
    }

    /** Speaks as much of MCP over its standard streams as the client asks for, and ends with its input. */
    static final class Server {

        private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");
        private static final Pattern METHOD = Pattern.compile("\"method\"\\s*:\\s*\"([^\"]*)\"");
        private static final Pattern ARTICLE = Pattern.compile("\"article\"\\s*:\\s*\"([^\"]*)\"");

        public static void main(String[] arguments) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher id = ID.matcher(line);
                if (id.find()) { // a notification has none, and gets no answer
                    out.println("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id.group(1), result(line)));
                }
            }
        }

        private static String result(String line) {
            return switch (first(METHOD, line)) {
                case "initialize" -> """
                        {"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"shop","version":"1"}}""";
                case "tools/list" -> """
                        {"tools":[{"name":"stock","description":"How many of an article there are","inputSchema":\
                        {"type":"object","properties":{"article":{"type":"string"}},"required":["article"]}}]}""";
                case "tools/call" ->
                    "{\"content\":[{\"type\":\"text\",\"text\":\"17 of " + first(ARTICLE, line) + "\"}]}";
                default -> "{}";
            };
        }

        private static String first(Pattern pattern, String line) {
            Matcher found = pattern.matcher(line);
            return found.find() ? found.group(1) : "";
        }
    }
}
