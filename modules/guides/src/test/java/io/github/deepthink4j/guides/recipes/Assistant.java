package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.service.UserMessage;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;

interface Assistant {

    ChatRequestParameters QUICK =
            DeepSeekChatRequestParameters.builder().thinking(false).build();

    /** With {@code QUICK} it answers at once. */
    String chat(@UserMessage String question, ChatRequestParameters parameters);
}
