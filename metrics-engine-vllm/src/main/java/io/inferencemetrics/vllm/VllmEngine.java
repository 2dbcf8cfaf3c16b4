package io.inferencemetrics.vllm;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.EngineProvider;
import java.util.Optional;

/** Makes vLLM known to {@code Collectors.forEngine("vllm")}; all it knows stands in {@code vllm.catalog}. */
public final class VllmEngine implements EngineProvider {
    private static final Catalog CATALOG = Catalog.load("vllm.catalog", VllmEngine.class::getResourceAsStream);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public VllmEngine() {}

    @Override
    public String id() {
        return CATALOG.engine();
    }

    @Override
    public Catalog catalog() {
        return CATALOG;
    }

    @Override
    public Optional<Record> view(MetricsSnapshot snapshot) {
        return Optional.of(VllmView.of(snapshot));
    }
}
