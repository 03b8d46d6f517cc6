package example;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.spring.AiService;

/** As LangChain4j's own starter makes it, beside ours. */
@AiService
public interface AnnotatedAssistant {

    String chat(@MemoryId String user, @UserMessage String question);
}
