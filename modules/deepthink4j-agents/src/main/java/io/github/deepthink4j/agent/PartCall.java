package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.request.ChatRequest;

/**
 * What a part is to be asked.
 *
 * @param draft whether text that comes without tool calls is not for the user
 */
record PartCall<M>(StepKind kind, Part<M> part, ChatRequest request, boolean draft) {}
