package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;

class NoPhoneNumbers implements OutputGuardrail {

    @Override
    public OutputGuardrailResult validate(AiMessage answer) {
        return answer.text() != null && answer.text().matches("(?s).*\\d{6,}.*")
                ? fatal("the answer holds a phone number")
                : success();
    }
}
