package io.github.deepthink4j.agent.tck;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithJsonSchemaIT;
import io.github.deepthink4j.agent.structure.ReasonThenStructure;
import io.github.deepthink4j.tck.Served;
import io.github.deepthink4j.tck.TckBrain;
import java.util.List;

/** The kit for AI services with JSON schemas, with R1, which has no JSON mode: it answers, and chat puts the answer into the schema. */
class StructuredAiServiceWithJsonSchemaIT extends AbstractAiServiceWithJsonSchemaIT {

    @Override
    protected List<ChatModel> models() {
        // What is asked for stands in the question, so the answer may be any: the structurer is shown both.
        Served.R1.simulator().brain(new TckBrain());
        Served.CHAT.simulator().brain(new TckBrain());
        return List.of(ReasonThenStructure.builder()
                .reasoner(Served.R1.blocking().modelName(Served.R1.modelName()).build())
                .structurer(Served.CHAT
                        .blocking()
                        .modelName(Served.CHAT.modelName())
                        .build())
                .build());
    }

    @Override
    protected boolean supportsRecursion() {
        return true;
    }
}
