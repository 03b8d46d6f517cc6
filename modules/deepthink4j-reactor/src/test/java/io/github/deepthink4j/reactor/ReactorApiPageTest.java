package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.ApiPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReactorApiPageTest {

    @Test
    void should_list_each_public_type() throws IOException {
        String packageName = "io.github.deepthink4j.reactor";

        assertThat(ApiPage.listed(packageName))
                .isEqualTo(ApiPage.real(packageName))
                .isNotEmpty();
    }
}
