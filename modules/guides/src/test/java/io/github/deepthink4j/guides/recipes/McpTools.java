package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import java.util.List;

interface McpTools {

    String chat(String question);

    /** Whoever closes it ends the server's process, and the client's threads, which keep a program from ending. */
    static McpClient client(String... command) {
        return DefaultMcpClient.builder()
                .transport(StdioMcpTransport.builder().command(List.of(command)).build())
                .build();
    }

    static McpTools on(ChatModel model, McpClient client) {
        return AiServices.builder(McpTools.class)
                .chatModel(model)
                .toolProvider(McpToolProvider.builder().mcpClients(client).build())
                .build();
    }
}
