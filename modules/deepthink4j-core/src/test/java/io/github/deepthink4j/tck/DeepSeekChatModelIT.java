package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for blocking models, generation by generation. */
class DeepSeekChatModelIT {

    @Nested
    class R1 extends BlockingKit {
        R1() {
            super(Served.R1);
        }
    }

    @Nested
    @OnlyThorough
    class V32 extends BlockingKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends BlockingKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends BlockingKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends BlockingKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
