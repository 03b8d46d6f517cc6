package io.github.deepthink4j.tck;

import org.junit.jupiter.api.Nested;

/** LangChain4j's kit for blocking models with its test of {@code chatAsync}, generation by generation. */
class AsyncChatModelKitTest {

    private abstract static class AsyncKit extends BlockingKit {

        AsyncKit(Served served) {
            super(served);
        }

        @Override
        protected boolean supportsChatAsync() {
            return true;
        }
    }

    @Nested
    class R1 extends AsyncKit {
        R1() {
            super(Served.R1);
        }
    }

    @Nested
    class V32 extends AsyncKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    class V4 extends AsyncKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends AsyncKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends AsyncKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
