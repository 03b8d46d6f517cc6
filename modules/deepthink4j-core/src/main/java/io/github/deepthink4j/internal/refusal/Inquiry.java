package io.github.deepthink4j.internal.refusal;

import dev.langchain4j.data.message.UserMessage;
import org.jspecify.annotations.Nullable;

/** A call to a model that carries a question of which somebody wants to hear. */
public final class Inquiry {

    static final Inquiry OF_NOBODY = new Inquiry(null, null, 0);

    private final @Nullable UserMessage question;
    private final @Nullable Asker asker;
    private final int behind;

    Inquiry(@Nullable UserMessage question, @Nullable Asker asker, int behind) {
        this.question = question;
        this.asker = asker;
        this.behind = behind;
    }

    /**
     * The call has failed; the asker hears of it if that is a refusal. Throws nothing: the failure is on its way to whoever waits,
     * and takes along what the asker has thrown.
     */
    public void failed(Throwable error) {
        if (question != null && asker != null && Refusals.include(error)) {
            try {
                asker.refused(question, behind, error);
            } catch (Throwable e) {
                if (e != error) {
                    error.addSuppressed(e);
                }
            }
        }
    }
}
