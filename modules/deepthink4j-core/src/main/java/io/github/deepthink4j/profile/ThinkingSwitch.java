package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request fields that turn thinking on and off at one model or host, as data: each side is merged into the request
 * body as it stands (nested maps become JSON objects). An empty side means that there is no such field, because only
 * the model id decides, as with R1.
 */
public final class ThinkingSwitch {

    /** The model id alone decides (R1 to V3.2-Exp; docs/protocol.md, section 1.5). */
    public static final ThinkingSwitch MODEL_ID = custom().build();

    /** {@code "thinking":{"type":"enabled"}}: api.deepseek.com from V3.2, Volcengine Ark, Tencent. */
    public static final ThinkingSwitch THINKING_TYPE = custom().on(Map.of("thinking", Map.of("type", "enabled")))
            .off(Map.of("thinking", Map.of("type", "disabled")))
            .build();

    /** {@code "chat_template_kwargs":{"thinking":true}}: vLLM, SGLang, NVIDIA NIM. */
    public static final ThinkingSwitch CHAT_TEMPLATE = custom().on(
                    Map.of("chat_template_kwargs", Map.of("thinking", true)))
            .off(Map.of("chat_template_kwargs", Map.of("thinking", false)))
            .build();

    /** {@code "enable_thinking":true}: DashScope, SiliconFlow. */
    public static final ThinkingSwitch ENABLE_THINKING = custom().on(Map.of("enable_thinking", true))
            .off(Map.of("enable_thinking", false))
            .build();

    /** {@code "reasoning":{"enabled":true}}: OpenRouter, Together. */
    public static final ThinkingSwitch REASONING_ENABLED = custom().on(Map.of("reasoning", Map.of("enabled", true)))
            .off(Map.of("reasoning", Map.of("enabled", false)))
            .build();

    /** Only off can be said, with {@code "reasoning_effort":"none"}: Ollama's /v1, Groq, Fireworks. */
    public static final ThinkingSwitch EFFORT_NONE =
            custom().off(Map.of("reasoning_effort", "none")).build();

    /** Groq: on means that the reasoning comes in a field of its own. */
    public static final ThinkingSwitch GROQ =
            from(EFFORT_NONE).on(Map.of("reasoning_format", "parsed")).build();

    private final Map<String, Object> on;
    private final Map<String, Object> off;

    private ThinkingSwitch(Builder builder) {
        this.on = builder.on;
        this.off = builder.off;
    }

    /** A builder that starts from {@link #MODEL_ID}. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from another switch. */
    public static Builder from(ThinkingSwitch base) {
        return custom().on(base.on).off(base.off);
    }

    /** The fields that ask for thinking. */
    public Map<String, Object> on() {
        return on;
    }

    /** The fields that forbid it. */
    public Map<String, Object> off() {
        return off;
    }

    /** Whether a request can ask for thinking to be off. */
    public boolean canTurnOff() {
        return !off.isEmpty();
    }

    /** Whether the host hands it on to the chat template of the model, whose word it is then. */
    boolean isOfTemplate() {
        return on.containsKey("chat_template_kwargs");
    }

    private Components components() {
        return Components.of(ThinkingSwitch.class).with("on", on).with("off", off);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ThinkingSwitch that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds a switch; what is not set stays as it is in the one it started from. */
    public static final class Builder {

        private Map<String, Object> on = Map.of();
        private Map<String, Object> off = Map.of();

        private Builder() {}

        public Builder on(Map<String, Object> fields) {
            this.on = Map.copyOf(requireNonNull(fields, "on"));
            return this;
        }

        public Builder off(Map<String, Object> fields) {
            this.off = Map.copyOf(requireNonNull(fields, "off"));
            return this;
        }

        public ThinkingSwitch build() {
            return new ThinkingSwitch(this);
        }
    }
}
