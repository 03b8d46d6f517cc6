package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for streaming models, generation by generation. */
class DeepSeekStreamingChatModelIT {

    @Nested
    class R1 extends StreamingKit {
        R1() {
            super(Served.R1);
        }
    }

    @Nested
    @OnlyThorough
    class V32 extends StreamingKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends StreamingKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    @OneStreamAtATime.WaitsForAll
    class V41 extends StreamingKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends StreamingKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
