package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;

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

    /** A passage with these keys alone: of stores each gives back numbers as another type, or keys of its own beside them. */
    public static TextSegment known(TextSegment stored) {
        Metadata metadata = Metadata.from(FILE, stored.metadata().getString(FILE))
                .put(HEADING, stored.metadata().getString(HEADING))
                .put(VERSION, stored.metadata().getString(VERSION))
                .put(POSITION, stored.metadata().getInteger(POSITION));
        return TextSegment.from(stored.text(), metadata);
    }
}
