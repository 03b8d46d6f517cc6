package io.github.deepthink4j.samples.rag.evidence;

import io.github.deepthink4j.samples.rag.model.Language;
import java.util.List;
import java.util.Optional;

/**
 * Whether a claim denies what a passage says, or says what it denies. Found only where the same words stand in both: what is said in
 * other words this does not see, and does not mark.
 */
interface Denials {

    /** The word by which the two differ, such as {@code not}; empty if they don't, as far as can be seen. */
    Optional<Contradiction> between(String claim, List<String> passages);

    /** @param denied by the claim, and not by the passages; else the other way round */
    record Contradiction(String word, boolean denied) {}

    static Denials in(String claim) {
        return Language.of(claim).contains(Language.CHINESE) ? new ChineseDenials() : new EnglishDenials();
    }
}
