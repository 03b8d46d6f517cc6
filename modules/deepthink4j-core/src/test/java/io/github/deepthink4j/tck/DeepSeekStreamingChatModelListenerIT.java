package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for listeners of streaming models. */
class DeepSeekStreamingChatModelListenerIT {

    @Nested
    class R1 extends StreamingListenerKit {
        R1() {
            super(Served.R1);
        }
    }

    @Nested
    @OnlyThorough
    class V32 extends StreamingListenerKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends StreamingListenerKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends StreamingListenerKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends StreamingListenerKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
