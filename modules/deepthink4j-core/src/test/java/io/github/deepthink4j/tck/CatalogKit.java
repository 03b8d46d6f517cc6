package io.github.deepthink4j.tck;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.catalog.AbstractModelCatalogIT;
import dev.langchain4j.model.catalog.ModelCatalog;
import io.github.deepthink4j.model.DeepSeekModelCatalog;

/** LangChain4j's kit for model catalogs. */
abstract class CatalogKit extends AbstractModelCatalogIT {

    private final Served served;

    CatalogKit(Served served) {
        this.served = served;
    }

    @Override
    protected ModelCatalog createModelCatalog() {
        return DeepSeekModelCatalog.builder()
                .baseUrl(served.simulator().baseUrl())
                .apiKey("test")
                .build();
    }

    @Override
    protected ModelProvider expectedProvider() {
        return ModelProvider.OTHER;
    }
}
