package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for AI services. */
class DeepSeekAiServiceIT {

    @Nested
    class R1 extends AiServiceKit {
        R1() {
            super(Served.R1);
        }
    }

    @Nested
    @OnlyThorough
    class V32 extends AiServiceKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends AiServiceKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends AiServiceKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends AiServiceKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
