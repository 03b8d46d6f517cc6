package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.ApiPage;
import io.github.deepthink4j.docs.MainClasses;
import io.github.deepthink4j.docs.PublicSignatures;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SpringApiPageTest {

    private static final String PACKAGE = "io.github.deepthink4j.spring";

    @Test
    void should_list_each_public_type() throws IOException {
        assertThat(ApiPage.listed(PACKAGE))
                .as("docs/api.md: give each public type a row in its room, and take out what is gone")
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(ApiPage.real(PACKAGE));
    }

    @Test
    void should_name_no_internal_type_in_a_public_signature() {
        PublicSignatures.doNotNameInternalTypes().check(MainClasses.of(PACKAGE));
    }
}
