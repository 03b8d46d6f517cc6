package io.github.deepthink4j.samples.agent;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;

/** The agent as LangChain4j's AI services see it. */
interface SupportAgent {

    @SystemMessage("""
            You are the support agent of a small shop. Look things up with your tools instead of guessing, and say so if they \
            do not know. Refunds follow the shop's rules, which the tools apply. Answer in a few sentences.""")
    TokenStream answer(String question);
}
