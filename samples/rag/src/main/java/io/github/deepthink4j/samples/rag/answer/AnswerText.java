package io.github.deepthink4j.samples.rag.answer;

import io.github.deepthink4j.samples.rag.evidence.ModelCheck;
import io.github.deepthink4j.samples.rag.evidence.RuleCheck;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import java.util.List;
import java.util.Optional;

/** The text of an answer, from wherever it comes: passed on sentence by sentence, and held against the passages that it cites. */
public final class AnswerText {

    private final List<Passage> passages;
    private final Optional<ModelCheck> modelCheck;
    private final AnswerListener listener;
    private final AnswerStream stream;

    /**
     * @param passages   all that were read
     * @param modelCheck looks at the sentences before they are passed on, after the rules have; empty for the rules alone
     */
    public AnswerText(
            String question, List<Passage> passages, Optional<ModelCheck> modelCheck, AnswerListener listener) {
        this.passages = List.copyOf(passages);
        this.modelCheck = modelCheck;
        this.listener = listener;
        RuleCheck rules = new RuleCheck(question, passages);
        this.stream = new AnswerStream(passages.size(), rules::objection, modelCheck.isPresent(), listener);
    }

    public void accept(String piece) {
        stream.onPartialResponse(piece);
    }

    /** Nothing more comes. */
    public void end() {
        stream.marked().end();
    }

    /** Nothing more comes, although it was not all. */
    public void fail(Throwable error) {
        stream.onError(error);
    }

    /** What has come, when it is complete; asks the model that checks it, if there is one. */
    public Answer answer() {
        List<MarkedSentence> sentences = stream.sentences();
        if (modelCheck.isPresent()) {
            sentences = SecondLook.at(sentences, passages, modelCheck.get(), listener::note);
            stream.passOn(sentences);
        }
        return Answer.of(stream, passages, sentences);
    }
}
