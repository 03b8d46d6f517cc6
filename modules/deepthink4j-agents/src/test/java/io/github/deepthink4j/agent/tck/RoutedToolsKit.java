package io.github.deepthink4j.agent.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithToolsIT;
import io.github.deepthink4j.profile.Feature;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's kit for AI services with tools. */
abstract class RoutedToolsKit extends AbstractAiServiceWithToolsIT {

    private final Routed routed;

    RoutedToolsKit(Routed routed) {
        this.routed = routed;
    }

    @Override
    protected List<ChatModel> models() {
        return List.of(routed.blocking());
    }

    @Override
    protected boolean supportsRecursion() {
        return true;
    }

    @Override
    protected boolean supportsMultimodalToolResults() {
        return routed.toolCaller().has(Feature.IMAGES);
    }

    /** The kit's own would be fetched from the internet; the bytes do not matter, only that they arrive. */
    @Override
    protected Image catImage() {
        return Image.builder().base64Data("Y2F0").mimeType("image/png").build();
    }

    @AfterAll
    void should_not_have_been_refused() {
        assertThat(routed.statuses()).isNotEmpty().containsOnly(200);
    }
}
