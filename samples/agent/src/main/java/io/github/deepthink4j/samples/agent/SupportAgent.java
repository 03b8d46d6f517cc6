package io.github.deepthink4j.samples.agent;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** The agent as LangChain4j's AI services see it. */
interface SupportAgent {

    /**
     * @param question a variable of the template: by itself it would be the template, and who asks about {@code {{name}}} would be
     *                 told that there is no such variable
     */
    @SystemMessage("""
            You are the support agent of a small shop. Look things up with your tools instead of guessing, and say so if they \
            do not know. Refunds follow the shop's rules, which the tools apply. Answer in a few sentences.""")
    @UserMessage("{{question}}")
    TokenStream answer(@V("question") String question);
}
