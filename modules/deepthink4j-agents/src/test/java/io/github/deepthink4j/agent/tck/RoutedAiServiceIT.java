package io.github.deepthink4j.agent.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for AI services, through a reasoner and a tool caller. */
class RoutedAiServiceIT {

    @Nested
    @OnlyThorough
    class R1AndChat extends RoutedAiServiceKit {
        R1AndChat() {
            super(Routed.R1_AND_CHAT);
        }
    }

    @Nested
    @OnlyThorough
    class R1AndChatByPlan extends RoutedAiServiceKit {
        R1AndChatByPlan() {
            super(Routed.R1_AND_CHAT_BY_PLAN);
        }
    }

    @Nested
    @OnlyThorough
    class V4AndV4 extends RoutedAiServiceKit {
        V4AndV4() {
            super(Routed.V4_AND_V4);
        }
    }

    @Nested
    @OnlyThorough
    class V4AndV4ByPlan extends RoutedAiServiceKit {
        V4AndV4ByPlan() {
            super(Routed.V4_AND_V4_BY_PLAN);
        }
    }

    @Nested
    class V41AndV41ByPlan extends RoutedAiServiceKit {
        V41AndV41ByPlan() {
            super(Routed.V41_AND_V41_BY_PLAN);
        }
    }
}
