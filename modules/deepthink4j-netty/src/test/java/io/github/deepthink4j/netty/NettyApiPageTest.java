package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.ApiPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NettyApiPageTest {

    @Test
    void should_list_each_public_type() throws IOException {
        String packageName = "io.github.deepthink4j.netty";

        assertThat(ApiPage.listed(packageName))
                .as("docs/api.md: give each public type a row in its room, and take out what is gone")
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(ApiPage.real(packageName));
    }
}
