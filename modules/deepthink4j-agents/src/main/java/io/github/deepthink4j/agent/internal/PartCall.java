package io.github.deepthink4j.agent.internal;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.agent.StepKind;

/**
 * What a part is to be asked.
 *
 * @param draft whether text that comes without tool calls is not for the user
 */
public record PartCall<M>(StepKind kind, Part<M> part, ChatRequest request, boolean draft) {}
