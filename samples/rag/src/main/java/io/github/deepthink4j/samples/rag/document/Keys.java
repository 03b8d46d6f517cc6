package io.github.deepthink4j.samples.rag.document;

/** What a passage in the store knows of itself: the keys of its metadata. */
public final class Keys {

    /** The file's path in its folder, with slashes. */
    public static final String FILE = "file";

    /** The headings above it, outermost first; the page of a PDF. */
    public static final String HEADING = "heading";

    /** One version of one file. */
    public static final String VERSION = "version";

    /** Its place in the file, from 0. */
    public static final String POSITION = "position";

    private Keys() {}
}
