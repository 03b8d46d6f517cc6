package io.github.deepthink4j.netty;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.tck.Served;
import io.github.deepthink4j.tck.StreamingKit;
import io.github.deepthink4j.thorough.OnlyThorough;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** LangChain4j's kit for streaming models, with callbacks on threads of ours and on the event loops. */
class NettyStreamingChatModelIT {

    @Nested
    @OnlyThorough
    class HandedOver extends StreamingKit {
        HandedOver() {
            super(Served.V4_1);
        }

        @Override
        protected StreamingChatModel build(
                DeepSeekStreamingChatModel.Builder builder, List<ChatModelListener> listeners) {
            return super.build(builder.transport(NettyTransport.create()), listeners);
        }
    }

    @Nested
    class OnTheEventLoop extends StreamingKit {
        OnTheEventLoop() {
            super(Served.V4_1);
        }

        @Override
        protected StreamingChatModel build(
                DeepSeekStreamingChatModel.Builder builder, List<ChatModelListener> listeners) {
            return super.build(
                    builder.transport(
                            NettyTransport.builder().callbacksOnEventLoop(true).build()),
                    listeners);
        }
    }
}
