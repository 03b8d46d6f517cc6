package io.github.deepthink4j.tck;

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
    class V41 extends CatalogKit {
        V41() {
            super(Served.V4_1);
        }
    }
}
