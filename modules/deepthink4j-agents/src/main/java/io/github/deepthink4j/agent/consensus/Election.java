package io.github.deepthink4j.agent.consensus;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.PartRequests;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.value.PlainWords;
import io.github.deepthink4j.price.Cost;
import java.time.Duration;
import java.util.List;

/**
 * One question that is asked several times: what is asked, what has come back, and whether that decides. It calls nobody; whoever
 * waits for the samples goes by it, and whoever does not. Used by one thread at a time.
 */
final class Election {

    private final Consensus consensus;
    private final ChatRequest request;
    private final StepLog log;
    private final Ballot ballot;
    private int asked;
    private int finished;

    Election(Consensus consensus, ChatRequest request, StepLog log) {
        this.consensus = consensus;
        this.request = request;
        this.log = log;
        this.ballot = new Ballot(consensus.extractor());
    }

    /** Whether no other answer can win, with so many samples running. */
    boolean isDecided(int running) {
        return ballot.isDecided(outstanding(running));
    }

    /** Asked for or not, these may still vote; those that the bound on tokens forbids may not. */
    private int outstanding(int running) {
        return tokensAreUsedUp() ? running : consensus.samples() - finished;
    }

    private boolean tokensAreUsedUp() {
        Long limit = consensus.maxTotalTokens();
        TokenUsage usage = log.usage();
        return limit != null && usage != null && usage.totalTokenCount() != null && usage.totalTokenCount() >= limit;
    }

    /** Whether another one is to be asked for now. */
    boolean asksMore(int running) {
        return asked < consensus.samples() && running < consensus.maxParallel() && !tokensAreUsedUp();
    }

    /** The next sample; its number is what {@link #asked()} says from now on. */
    PartCall<ChatModel> ask() {
        Part<ChatModel> part = consensus.partFor(asked + 1);
        ChatRequest fitted = PartRequests.fitted(
                PartRequests.named(request, part, consensus.parts()), part, consensus.promptLanguage());
        asked++;
        return new PartCall<>(StepKind.SAMPLE, part, fitted, false);
    }

    /** How many have been asked for; samples are numbered from 1 on. */
    int asked() {
        return asked;
    }

    /** A sample has an answer. */
    void answered(int sample, ChatResponse response) {
        finished++;
        ballot.add(sample, response);
    }

    /** A sample has none. */
    void failed(int sample, Throwable error) {
        finished++;
        ballot.fail(
                sample,
                error instanceof RuntimeException exception
                        ? exception
                        : new IllegalStateException("A sample has failed: " + error, error));
    }

    /** What a sample has come to that took longer. */
    static RuntimeException tooLate(Duration limit) {
        return new DeepSeekTimeoutException(
                "A sample has not been answered within " + PlainWords.of(limit)
                        + ". Try again, or allow more time (sampleTimeout).",
                ErrorDetails.custom()
                        .cost(Cost.unknown("a sample took too long, and was billed until it was stopped"))
                        .build(),
                null,
                DeepSeekTimeoutException.Phase.TOTAL);
    }

    /**
     * What it has come to.
     *
     * @throws RuntimeException the first failure, if all have failed
     */
    ChatResponse elected() {
        int winner = ballot.winner().orElseThrow(this::allFailed);
        ChatResponse response = ballot.response(winner);
        Part<ChatModel> part = consensus.partFor(winner);
        Provenance maker = new Provenance(part.name(), part.modelName(), null);
        return ChatResponse.builder()
                .aiMessage(maker.on(response.aiMessage()))
                .metadata(log.fill(ConsensusChatResponseMetadata.builder(), response.metadata())
                        .votes(ballot.votes())
                        .asked(asked)
                        .build())
                .build();
    }

    private RuntimeException allFailed() {
        List<RuntimeException> failures = ballot.failures();
        RuntimeException first = failures.get(0);
        failures.stream().filter(failure -> failure != first).forEach(first::addSuppressed);
        return first;
    }
}
