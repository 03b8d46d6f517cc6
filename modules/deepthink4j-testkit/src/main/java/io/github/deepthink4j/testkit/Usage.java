package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What an answer has cost; the fields are those of the recordings (docs/protocol.md, section 2.5). */
record Usage(int prompt, int cached, int completion, int reasoning, boolean thinking) {

    ObjectNode json() {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("prompt_tokens", prompt);
        usage.put("completion_tokens", completion);
        usage.put("total_tokens", prompt + completion);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        if (thinking) {
            usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoning);
        }
        usage.put("prompt_cache_hit_tokens", cached);
        usage.put("prompt_cache_miss_tokens", prompt - cached);
        return usage;
    }
}
