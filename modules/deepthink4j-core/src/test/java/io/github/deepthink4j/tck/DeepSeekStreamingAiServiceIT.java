package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for streaming AI services; it needs tools, which R1 has not. */
class DeepSeekStreamingAiServiceIT {

    @Nested
    @OnlyThorough
    class V32 extends StreamingAiServiceKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends StreamingAiServiceKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends StreamingAiServiceKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends StreamingAiServiceKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
