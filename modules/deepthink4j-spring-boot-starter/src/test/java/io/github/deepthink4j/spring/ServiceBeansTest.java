package io.github.deepthink4j.spring;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.langchain4j.web.search.WebSearchEngine;
import io.github.deepthink4j.model.DeepSeekFiles;
import io.github.deepthink4j.model.DeepSeekOcr;
import io.github.deepthink4j.model.DeepSeekWebPageLoader;
import io.github.deepthink4j.model.DeepSeekWebSearchEngine;
import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.rule.Generation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Search, pages, files and OCR, with the connection that the properties describe. */
class ServiceBeansTest {

    @RegisterExtension
    final DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

    @Test
    void should_search_with_the_key_and_the_headers_of_the_block() {
        deepSeek.onSearch(anything()).result("Title", "https://e.example/1", "Text");

        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.base-url=" + deepSeek.baseUrl(), "deepthink4j.custom-headers.X-Team=blue")
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .hasSingleBean(DeepSeekWebPageLoader.class)
                            .hasSingleBean(DeepSeekFiles.class)
                            .hasSingleBean(DeepSeekOcr.class);
                    assertThat(context.getBean(DeepSeekWebSearchEngine.class)
                                    .search("x")
                                    .results())
                            .hasSize(1);
                });
        assertThat(deepSeek.allRequests().get(0).headers())
                .containsEntry("x-team", "blue")
                .containsKey("authorization");
    }

    @Test
    void should_make_none_that_nobody_asks_for_and_give_way_to_ones_own() {
        WebSearchEngine own = mock(WebSearchEngine.class);

        Runners.bare()
                .withPropertyValues("deepthink4j.models.fast.api-key=" + Runners.KEY)
                .withBean("ownEngine", WebSearchEngine.class, () -> own)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(DeepSeekWebSearchEngine.class);
                    assertThat(context.getBean(WebSearchEngine.class)).isSameAs(own);
                });
    }
}
