package io.github.deepthink4j.tck;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.StreamingMode;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** LangChain4j's kit for streaming models, whose streams are publishers: the oldest generation and the newest two. */
class PublisherChatModelKitTest {

    private abstract static class PublisherKit extends StreamingKit {

        PublisherKit(Served served) {
            super(served);
        }

        @Override
        protected List<StreamingMode> streamingModes() {
            return List.of(StreamingMode.PUBLISHER);
        }

        @Override
        protected List<StreamingChatModel> models() {
            return super.models().stream()
                    .<StreamingChatModel>map(model -> new StreamingModeAwareModel(model, StreamingMode.PUBLISHER))
                    .toList();
        }
    }

    @Nested
    class R1 extends PublisherKit {
        R1() {
            super(Served.R1);
        }
    }

    @Nested
    class V4 extends PublisherKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends PublisherKit {
        V41() {
            super(Served.V4_1);
        }
    }
}
