package io.github.deepthink4j.spring;

import io.github.deepthink4j.profile.LostReasoning;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.OtherReasoners;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ServerTool;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The library's constants under the names that a file has for them; case, dashes, underscores and dots do not matter. */
final class NamedValues<T> {

    static final NamedValues<ModelProfile> PROFILES = new NamedValues<ModelProfile>()
            .with("r1", ModelProfile.R1)
            .with("r1-0528", ModelProfile.R1_0528)
            .with("v3-1", ModelProfile.V3_1)
            .with("v3-2", ModelProfile.V3_2)
            .with("v3-2-chat", ModelProfile.V3_2_CHAT)
            .with("v4-preview", ModelProfile.V4_PREVIEW)
            .with("v4-flash", ModelProfile.V4_FLASH)
            .with("v4-pro", ModelProfile.V4_PRO)
            .with("v4-1", ModelProfile.V4_1)
            .with("chat", ModelProfile.CHAT)
            .with("r1-weights", ModelProfile.R1_WEIGHTS)
            .with("v3-1-weights", ModelProfile.V3_1_WEIGHTS)
            .with("qwen3", OtherReasoners.QWEN3)
            .with("qwen3-thinking", OtherReasoners.QWEN3_THINKING)
            .with("kimi-k2-thinking", OtherReasoners.KIMI_K2_THINKING)
            .with("kimi-k2-5", OtherReasoners.KIMI_K2_5)
            .with("glm-4-6", OtherReasoners.GLM_4_6)
            .with("minimax-m2", OtherReasoners.MINIMAX_M2)
            .with("gpt-oss", OtherReasoners.GPT_OSS);

    static final NamedValues<ReasoningDialect> DIALECTS = new NamedValues<ReasoningDialect>()
            .with("deepseek", ReasoningDialect.DEEPSEEK)
            .with("other-host", ReasoningDialect.OTHER_HOST)
            .with("vllm", ReasoningDialect.VLLM)
            .with("sglang", ReasoningDialect.SGLANG)
            .with("llama-cpp", ReasoningDialect.LLAMA_CPP)
            .with("ollama", ReasoningDialect.OLLAMA)
            .with("lm-studio", ReasoningDialect.LM_STUDIO)
            .with("openrouter", ReasoningDialect.OPENROUTER)
            .with("groq", ReasoningDialect.GROQ)
            .with("together", ReasoningDialect.TOGETHER)
            .with("fireworks", ReasoningDialect.FIREWORKS)
            .with("siliconflow", ReasoningDialect.SILICONFLOW)
            .with("volcengine-ark", ReasoningDialect.VOLCENGINE_ARK)
            .with("dashscope", ReasoningDialect.DASHSCOPE)
            .with("azure", ReasoningDialect.AZURE)
            .with("nvidia-nim", ReasoningDialect.NVIDIA_NIM)
            .with("tencent", ReasoningDialect.TENCENT)
            .with("moonshot", ReasoningDialect.MOONSHOT)
            .with("zhipu", ReasoningDialect.ZHIPU)
            .with("minimax", ReasoningDialect.MINIMAX);

    static final NamedValues<LostReasoning> LOST_REASONING = new NamedValues<LostReasoning>()
            .with("space", LostReasoning.SPACE)
            .with("empty", LostReasoning.EMPTY)
            .with("thinking-off", LostReasoning.THINKING_OFF);

    static final NamedValues<ServerTool> SERVER_TOOLS = new NamedValues<ServerTool>()
            .with("web-search", ServerTool.WEB_SEARCH)
            .with("read-url", ServerTool.READ_URL);

    private final Map<String, T> values = new LinkedHashMap<>();

    private NamedValues() {}

    private NamedValues<T> with(String name, T value) {
        values.put(name, value);
        return this;
    }

    @Nullable
    T find(String name) {
        String wanted = plain(name);
        return values.entrySet().stream()
                .filter(each -> plain(each.getKey()).equals(wanted))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    Collection<String> names() {
        return values.keySet();
    }

    Collection<T> all() {
        return values.values();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }
}
