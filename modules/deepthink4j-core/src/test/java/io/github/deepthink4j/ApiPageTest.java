package io.github.deepthink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.ApiPage;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md lists what is public, and nothing else: who adds a public type says there what it is for. */
class ApiPageTest {

    // Read once: to read the classes takes a second or more.
    private static final Set<String> PUBLIC_TYPES = ApiPage.real("io.github.deepthink4j");

    private static final String OF_ANOTHER_MODULE = "io.github.deepthink4j.memory.jdbc.";

    @ParameterizedTest
    @ValueSource(strings = {"model", "memory", "limit", "profile", "settings", "price", "tokens", "error", "testkit"})
    void should_list_each_public_type(String room) throws IOException {
        String packageName = "io.github.deepthink4j." + room;

        assertThat(ApiPage.listed(packageName).stream().filter(type -> !type.startsWith(OF_ANOTHER_MODULE)))
                .as("docs/api.md: give each public type a row in its room, and take out what is gone")
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(PUBLIC_TYPES.stream()
                        .filter(type -> type.startsWith(packageName + "."))
                        .toList());
    }

    /** A package of core's that is not named above would be seen by nobody. The search for keys is not published. */
    @Test
    void should_have_no_public_type_elsewhere() {
        assertThat(PUBLIC_TYPES)
                .filteredOn(type -> !type.startsWith("io.github.deepthink4j.leaks."))
                .allMatch(
                        type -> type.matches(
                                "io\\.github\\.deepthink4j\\.(model|memory|limit|profile|settings|price|tokens|error|testkit)\\..*"));
    }
}
