package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.util.Comparator;

/** Where a passage stands: in which version of which file, and at which position. */
record Place(String version, int position) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::version).thenComparing(Place::position);

    static Place of(TextSegment segment) {
        return new Place(
                segment.metadata().getString(Keys.VERSION), segment.metadata().getInteger(Keys.POSITION));
    }

    Place before() {
        return new Place(version, position - 1);
    }

    Place after() {
        return new Place(version, position + 1);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
