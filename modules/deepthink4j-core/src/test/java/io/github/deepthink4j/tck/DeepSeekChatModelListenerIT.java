package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for listeners of blocking models. */
class DeepSeekChatModelListenerIT {

    @Nested
    class R1 extends ListenerKit {
        R1() {
            super(Served.R1);
        }
    }

    @Nested
    @OnlyThorough
    class V32 extends ListenerKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends ListenerKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends ListenerKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends ListenerKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
