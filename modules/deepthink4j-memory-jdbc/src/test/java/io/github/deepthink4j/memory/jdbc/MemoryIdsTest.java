package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
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

    @Test
    void should_name_them_as_it_is_told() {
        MemoryIds typed = new MemoryIds(id -> id.getClass().getSimpleName() + ":" + id);

        assertThat(typed.nameOf(7)).isEqualTo("Integer:7");
        assertThat(typed.nameOf("7")).isEqualTo("String:7");
    }
}
