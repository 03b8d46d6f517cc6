package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The request fields that turn thinking on and off at one model or host, as data: each side is merged into the request
 * body as it stands (nested maps become JSON objects). An empty side means that there is no such field, because only
 * the model id decides, as with R1.
 *
 * @param on  the fields that ask for thinking, never {@code null}
 * @param off the fields that forbid it, never {@code null}
 */
public record ThinkingSwitch(Map<String, Object> on, Map<String, Object> off) {

    /** The model id alone decides (R1 to V3.2-Exp; docs/protocol.md, section 1.5). */
    public static final ThinkingSwitch MODEL_ID = new ThinkingSwitch(Map.of(), Map.of());

    /** {@code "thinking":{"type":"enabled"}}: api.deepseek.com from V3.2, Volcengine Ark, Tencent. */
    public static final ThinkingSwitch THINKING_TYPE = new ThinkingSwitch(
            Map.of("thinking", Map.of("type", "enabled")), Map.of("thinking", Map.of("type", "disabled")));

    /** {@code "chat_template_kwargs":{"thinking":true}}: vLLM, SGLang, NVIDIA NIM. */
    public static final ThinkingSwitch CHAT_TEMPLATE = new ThinkingSwitch(
            Map.of("chat_template_kwargs", Map.of("thinking", true)),
            Map.of("chat_template_kwargs", Map.of("thinking", false)));

    /** {@code "enable_thinking":true}: DashScope, SiliconFlow. */
    public static final ThinkingSwitch ENABLE_THINKING =
            new ThinkingSwitch(Map.of("enable_thinking", true), Map.of("enable_thinking", false));

    /** {@code "reasoning":{"enabled":true}}: OpenRouter, Together. */
    public static final ThinkingSwitch REASONING_ENABLED = new ThinkingSwitch(
            Map.of("reasoning", Map.of("enabled", true)), Map.of("reasoning", Map.of("enabled", false)));

    /** Only off can be said, with {@code "reasoning_effort":"none"}: Ollama's /v1, Groq, Fireworks. */
    public static final ThinkingSwitch EFFORT_NONE = new ThinkingSwitch(Map.of(), Map.of("reasoning_effort", "none"));

    /** Groq: on means that the reasoning comes in a field of its own. */
    public static final ThinkingSwitch GROQ =
            new ThinkingSwitch(Map.of("reasoning_format", "parsed"), Map.of("reasoning_effort", "none"));

    public ThinkingSwitch {
        on = Map.copyOf(requireNonNull(on, "on"));
        off = Map.copyOf(requireNonNull(off, "off"));
    }

    /** Whether a request can ask for thinking to be off. */
    public boolean canTurnOff() {
        return !off.isEmpty();
    }

    /** Whether a request can ask for thinking to be on. */
    public boolean canTurnOn() {
        return !on.isEmpty();
    }
}
