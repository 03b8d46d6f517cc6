package io.github.deepthink4j.reactor;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.ErrorDetails;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The refusal of a request that went on with an answer: what had arrived is what the rounds before it have shown. */
final class RefusedRound {

    private RefusedRound() {}

    static ContentRefusedException of(ContentRefusedException refused, List<AiMessage> rounds) {
        List<ToolExecutionRequest> calls = rounds.stream()
                .flatMap(round -> round.toolExecutionRequests().stream())
                .toList();
        AiMessage shown = AiMessage.builder()
                .text(joined(rounds, AiMessage::text))
                .thinking(joined(rounds, AiMessage::thinking))
                .toolExecutionRequests(calls)
                .build();
        ErrorDetails details =
                ErrorDetails.from(refused.details()).partialMessage(shown).build();
        return new ContentRefusedException(String.valueOf(refused.getMessage()), details, refused);
    }

    private static @Nullable String joined(List<AiMessage> rounds, Function<AiMessage, @Nullable String> part) {
        String all = rounds.stream().map(part).filter(Objects::nonNull).collect(Collectors.joining("\n\n"));
        return all.isEmpty() ? null : all;
    }
}
