package io.github.deepthink4j.samples.rag.answer;

import io.github.deepthink4j.samples.rag.evidence.ModelCheck;
import io.github.deepthink4j.samples.rag.evidence.ModelCheck.Claim;
import io.github.deepthink4j.samples.rag.evidence.ModelCheck.Verdicts;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Has a model look at the sentences of an answer that cite something and that no rule objects to, all in one call. */
final class SecondLook {

    private SecondLook() {}

    /** @param note hears if the model's verdict is no use, or not whole */
    static List<MarkedSentence> at(
            List<MarkedSentence> sentences, List<Passage> passages, ModelCheck check, Consumer<String> note) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            MarkedSentence sentence = sentences.get(i);
            if (sentence.claim() && !sentence.isUnsourced() && !sentence.isUnsupported()) {
                claims.add(new Claim(i + 1, sentence.text().strip(), sentence.cited()));
            }
        }
        if (claims.isEmpty()) {
            return sentences;
        }
        Verdicts verdicts = check.verdicts(claims, passages);
        verdicts.trouble().ifPresent(note);
        List<MarkedSentence> checked = new ArrayList<>(sentences);
        verdicts.objections()
                .forEach((number, objection) ->
                        checked.set(number - 1, sentences.get(number - 1).with(objection)));
        return checked;
    }
}
