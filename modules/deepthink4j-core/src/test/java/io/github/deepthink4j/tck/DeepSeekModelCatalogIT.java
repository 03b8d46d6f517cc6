package io.github.deepthink4j.tck;

import io.github.deepthink4j.thorough.OnlyThorough;
import org.junit.jupiter.api.Nested;

/** The kit for model catalogs, with the short entries of 2025 and the long ones of 2026. */
class DeepSeekModelCatalogIT {

    @Nested
    class R1 extends CatalogKit {
        R1() {
            super(Served.R1);
        }
    }

    @Nested
    @OnlyThorough
    class V32 extends CatalogKit {
        V32() {
            super(Served.V3_2);
        }
    }

    @Nested
    @OnlyThorough
    class V4 extends CatalogKit {
        V4() {
            super(Served.V4);
        }
    }

    @Nested
    class V41 extends CatalogKit {
        V41() {
            super(Served.V4_1);
        }
    }

    @Nested
    class Chat extends CatalogKit {
        Chat() {
            super(Served.CHAT);
        }
    }
}
