package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for AI services with tools, which R1 has not. */
class DeepSeekAiServiceWithToolsIT {

    @Nested
    @OnlyThorough
    class V32 extends ToolsKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends ToolsKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends ToolsKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends ToolsKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
