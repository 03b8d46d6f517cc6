package io.github.deepthink4j.internal.refusal;

import io.github.deepthink4j.internal.refusal.OpenQuestions.Open;
import java.util.List;

/** A call to a model that carries a question of which somebody wants to hear. */
public final class Inquiry {

    /** For a call that carries no question. */
    public static final Inquiry OF_NOBODY = new Inquiry(List.of(), 0);

    private final List<Open> open;
    private final int behind;

    Inquiry(List<Open> open, int behind) {
        this.open = open;
        this.behind = behind;
    }

    /**
     * The call has failed; whoever asked hears of it if that is a refusal. Throws nothing: the failure is on its way to whoever
     * waits, and takes along what an asker has thrown.
     */
    public void failed(Throwable error) {
        if (open.isEmpty() || !Refusals.include(error)) {
            return;
        }
        for (Open one : open) {
            try {
                one.asker().refused(one.question(), behind, error);
            } catch (Throwable e) {
                if (e != error) {
                    error.addSuppressed(e);
                }
            }
        }
    }
}
