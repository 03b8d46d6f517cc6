package io.github.deepthink4j.testkit.internal.shape;

import com.fasterxml.jackson.core.JsonLocation;

/**
 * A place in a body, as the server counts.
 *
 * @param line   from 1 on
 * @param column how many bytes of the line were read by then
 */
record Place(int line, int column) {

    static Place of(JsonLocation next) {
        return new Place(next.getLineNr(), next.getColumnNr() - 1);
    }

    @Override
    public String toString() {
        return " at line " + line + " column " + column;
    }
}
