package io.github.deepthink4j.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may write in the place of what an answer has kept: read, or broken, and never an error of the machine. */
@Timeout(60)
class CarriedFieldsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"web\":[-0,1e2,1E400,0.10,2.50,0.0000000001,12345678901234567890123,-0.0,1e-2]}",
                "{\"web\":{\"b\":null,\"a\":[true,false,\"x\",{}]}}"
            })
    void should_write_what_it_has_read_as_it_was(String json) {
        assertThat(CarriedFields.of(json)).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1} trailing", "{\"a\":1}{}", "{\"a\":1", "[1]", "", "{\"a\":NaN}"})
    void should_take_no_text_for_fields_that_is_not_all_of_them(String text) {
        assertThat(CarriedFields.isBroken(text)).isTrue();
    }

    static Stream<Object> endless() {
        Map<String, Object> cyclic = new HashMap<>();
        cyclic.put("self", List.of(cyclic));
        Object deep = "x";
        for (int i = 0; i < 100_000; i++) {
            deep = List.of(deep);
        }
        Object wide = "x";
        for (int i = 0; i < 200; i++) {
            wide = List.of(wide, wide);
        }
        Map<String, Object> throwing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new IllegalStateException("no");
            }
        };
        Map<Object, Object> nameless = new HashMap<>();
        nameless.put(7, 1);
        return Stream.of(cyclic, Map.of("a", deep), Map.of("a", wide), throwing, nameless, Map.of("a", new Object()));
    }

    /** Without their texts in the name of the test, which have no end either. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("endless")
    void should_break_at_what_has_no_end_or_is_no_value(Object attribute) {
        assertThat(CarriedFields.isBroken(attribute)).isTrue();
    }

    @Test
    void should_read_what_a_store_makes_of_json() {
        List<Object> twice = new ArrayList<>(List.of(1, 2.5));
        Map<String, Object> fields = new HashMap<>();
        fields.put("a", List.of(twice, twice, "x", true));

        assertThat(CarriedFields.of(fields)).hasToString("{\"a\":[[1,2.5],[1,2.5],\"x\",true]}");
    }
}
