package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.ApiPage;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostApiPageTest {

    @ParameterizedTest
    @ValueSource(strings = "io.github.deepthink4j.cost")
    void should_list_each_public_type(String packageName) throws IOException {
        assertThat(ApiPage.listed(packageName))
                .as("docs/api.md: give each public type a row in its room, and take out what is gone")
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(ApiPage.real(packageName));
    }
}
