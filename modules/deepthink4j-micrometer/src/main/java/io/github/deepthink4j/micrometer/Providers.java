package io.github.deepthink4j.micrometer;

import dev.langchain4j.model.ModelProvider;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LangChain4j's vendors under the names of OpenTelemetry's conventions for generative AI (registry of {@code gen_ai.provider.name}). */
final class Providers {

    static final String DEEPSEEK = "deepseek";

    private static final Map<String, String> NAMES = Map.of(
            "OTHER", DEEPSEEK,
            "OPEN_AI", "openai",
            "AZURE_OPEN_AI", "azure.ai.openai",
            "AMAZON_BEDROCK", "aws.bedrock",
            "GOOGLE_AI_GEMINI", "gcp.gemini",
            "GOOGLE_VERTEX_AI_GEMINI", "gcp.vertex_ai",
            "GOOGLE_VERTEX_AI_ANTHROPIC", "gcp.vertex_ai",
            "WATSONX", "ibm.watsonx.ai");

    private Providers() {}

    /** LangChain4j has no constant for DeepSeek: our models are {@code OTHER}. */
    static String name(@Nullable ModelProvider provider) {
        return provider == null
                ? DEEPSEEK
                : NAMES.getOrDefault(provider.name(), provider.name().toLowerCase(Locale.ROOT));
    }
}
