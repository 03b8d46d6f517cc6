package io.github.deepthink4j.samples.rag.document;

/** Follows what is done with the content of a file, and may end it. */
@FunctionalInterface
public interface Watch {

    /**
     * Told now and then: while the content is read, and from the beginning again while it is split.
     *
     * @param done of it: bytes, pages or characters
     * @return whether to go on
     */
    boolean goesOn(long done, long all);

    /** As {@link #goesOn}. */
    default void check(long done, long all) throws StoppedException {
        if (!goesOn(done, all)) {
            throw new StoppedException();
        }
    }
}
