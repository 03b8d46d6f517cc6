package io.github.deepthink4j.samples.rag.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in the catalog. While a version is being put in, the catalog says so first: what a killed run may have left in
 * the store is then known, and the next run clears it away.
 *
 * @param current the version in the store; {@code null} as long as there is none that is whole
 * @param pending versions that may be in the store in part; empty for a file that is whole
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Entry(Version current, List<Version> pending) {

    public Entry {
        pending = pending == null ? List.of() : List.copyOf(pending);
    }

    /** All versions of which there may be passages in the store. */
    List<Version> versions() {
        List<Version> versions = new ArrayList<>(pending);
        if (current != null) {
            versions.add(current);
        }
        return versions;
    }

    /** The same passages, none of them sure to be there any more. */
    Entry unsure() {
        return new Entry(null, versions());
    }

    /** With one more version that may be there in part. */
    Entry unsureWith(Version version) {
        List<Version> versions = new ArrayList<>(versions());
        versions.add(version);
        return new Entry(null, versions);
    }

    static Entry whole(Version version) {
        return new Entry(version, List.of());
    }
}
