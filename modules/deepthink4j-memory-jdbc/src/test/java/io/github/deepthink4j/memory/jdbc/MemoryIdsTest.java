package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryIdsTest {

    private final MemoryIds ids = new MemoryIds(MemoryIds::ownText);

    @ParameterizedTest
    @ValueSource(strings = {"", "with\u0000zero", "half \ud83e", "\udd89 half"})
    void should_refuse_what_no_column_holds(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> ids.nameOf(id));
    }

    @Test
    void should_refuse_what_is_too_long_rather_than_cut_it() {
        assertThat(ids.nameOf("x".repeat(500))).hasSize(500);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ids.nameOf("x".repeat(501)))
                .withMessageContaining("memoryIdToText");
    }

    @Test
    void should_refuse_what_no_other_process_would_find() {
        for (Object id : List.of(new Object(), new int[] {1}, new String[] {"a"}, new Thread.State[0])) {
            assertThatIllegalArgumentException().isThrownBy(() -> ids.nameOf(id));
        }
    }

    private record Key(Object of) {}

    /** As an id may have whose class has a text of its own, and a part whose class has none. */
    @Test
    void should_refuse_what_holds_something_that_no_other_process_would_find() {
        for (Object part : List.of(new Object(), new int[] {1}, new String[] {"a"}, new MemoryIdsTest())) {
            for (Object id : List.of(List.of("a", part), new Key(part), Map.of("a", part), Optional.of(part))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> ids.nameOf(id))
                        .withMessageContaining("memoryIdToText");
            }
        }
    }

    @Test
    void should_take_an_address_for_what_it_is() {
        assertThat(ids.nameOf("bob@cafe")).isEqualTo("bob@cafe");
        assertThat(ids.nameOf(List.of("bob.smith@cafe", "a@b"))).isEqualTo("[bob.smith@cafe, a@b]");
        assertThat(ids.nameOf("java.lang.Object@1a2b")).isEqualTo("java.lang.Object@1a2b");
    }

    @Test
    void should_name_them_as_it_is_told() {
        MemoryIds typed = new MemoryIds(id -> id.getClass().getSimpleName() + ":" + id);

        assertThat(typed.nameOf(7)).isEqualTo("Integer:7");
        assertThat(typed.nameOf("7")).isEqualTo("String:7");
    }
}
