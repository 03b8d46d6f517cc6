package io.github.deepthink4j.micrometer;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a span says of a context: a meter needs a value for each of its tags, whereas a span has no attribute for what is not known, as
 * the conventions want it. Micrometer Tracing asks for all values, and its meters for those of low cardinality.
 */
final class KnownValues {

    private KnownValues() {}

    static KeyValues of(Observation.Context context) {
        List<KeyValue> known = new ArrayList<>();
        for (KeyValue value : context.getLowCardinalityKeyValues()) {
            if (!value.getValue().equals(BoundedNames.NONE)) {
                known.add(value);
            }
        }
        return KeyValues.of(known).and(context.getHighCardinalityKeyValues());
    }
}
