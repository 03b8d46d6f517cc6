package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for AI services with JSON schemas, for models with a JSON mode. */
class DeepSeekAiServiceWithJsonSchemaIT {

    @Nested
    @OnlyThorough
    class V32 extends JsonSchemaKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends JsonSchemaKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends JsonSchemaKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends JsonSchemaKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
