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

    static McpTools on(ChatModel model, String... command) {
        McpClient client = DefaultMcpClient.builder()
                .transport(StdioMcpTransport.builder().command(List.of(command)).build())
                .build();
        return AiServices.builder(McpTools.class)
                .chatModel(model)
                .toolProvider(McpToolProvider.builder().mcpClients(client).build())
                .build();
    }
}
