package io.inferencemetrics.sglang;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.EngineProvider;
import java.util.Optional;

/** Makes SGLang known to {@code Collectors.forEngine("sglang")}; all it knows stands in {@code sglang.catalog}. */
public final class SglangEngine implements EngineProvider {
    private static final Catalog CATALOG = Catalog.load("sglang.catalog", SglangEngine.class::getResourceAsStream);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public SglangEngine() {}

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
        return Optional.of(SglangView.of(snapshot));
    }
}
