package io.inferencemetrics.llamacpp;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.spi.EngineProvider;

/** Makes llama.cpp known to {@code Collectors.forEngine("llamacpp")}; all it knows stands in {@code llamacpp.catalog}. */
public final class LlamacppEngine implements EngineProvider {
    private static final Catalog CATALOG = Catalog.load("llamacpp.catalog", LlamacppEngine.class::getResourceAsStream);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public LlamacppEngine() {}

    @Override
    public String id() {
        return CATALOG.engine();
    }

    @Override
    public Catalog catalog() {
        return CATALOG;
    }
}
