package io.github.deepthink4j.agent.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for streaming AI services, through a reasoner and a tool caller. */
class RoutedStreamingAiServiceIT {

    @Nested
    @OnlyThorough
    class R1AndChat extends RoutedStreamingKit {
        R1AndChat() {
            super(Routed.R1_AND_CHAT);
        }
    }

    @Nested
    @OnlyThorough
    class R1AndChatByPlan extends RoutedStreamingKit {
        R1AndChatByPlan() {
            super(Routed.R1_AND_CHAT_BY_PLAN);
        }
    }

    @Nested
    @OnlyThorough
    class V4AndV4 extends RoutedStreamingKit {
        V4AndV4() {
            super(Routed.V4_AND_V4);
        }
    }

    @Nested
    @OnlyThorough
    class V4AndV4ByPlan extends RoutedStreamingKit {
        V4AndV4ByPlan() {
            super(Routed.V4_AND_V4_BY_PLAN);
        }
    }

    @Nested
    class V41AndV41ByPlan extends RoutedStreamingKit {
        V41AndV41ByPlan() {
            super(Routed.V41_AND_V41_BY_PLAN);
        }
    }
}
