package io.github.deepthink4j.testkit.internal.shape;

import static io.github.deepthink4j.testkit.internal.shape.Shape.anyOf;
import static io.github.deepthink4j.testkit.internal.shape.Shape.bool;
import static io.github.deepthink4j.testkit.internal.shape.Shape.count;
import static io.github.deepthink4j.testkit.internal.shape.Shape.decimal;
import static io.github.deepthink4j.testkit.internal.shape.Shape.listOf;
import static io.github.deepthink4j.testkit.internal.shape.Shape.struct;
import static io.github.deepthink4j.testkit.internal.shape.Shape.text;

import java.util.Map;

/** The fields of a completion in the middle and their kinds (docs/protocol.md, section 2.9); names of types were not seen. */
final class FimShape {

    private FimShape() {}

    static Shape of() {
        return struct(
                "CompletionRequest",
                Map.of("model", text(), "prompt", text()),
                Map.ofEntries(
                        Map.entry("suffix", text()),
                        Map.entry("echo", bool()),
                        Map.entry("logprobs", count()),
                        Map.entry("max_tokens", count()),
                        Map.entry("frequency_penalty", decimal()),
                        Map.entry("presence_penalty", decimal()),
                        Map.entry("temperature", decimal()),
                        Map.entry("top_p", decimal()),
                        Map.entry("stream", bool()),
                        Map.entry("stream_options", struct("StreamOptions", Map.of(), Map.of("include_usage", bool()))),
                        Map.entry("stop", anyOf("Stop", text(), listOf(text())))));
    }
}
