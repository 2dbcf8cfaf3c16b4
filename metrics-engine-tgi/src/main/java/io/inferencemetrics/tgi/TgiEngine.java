package io.inferencemetrics.tgi;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.EngineProvider;
import java.util.Optional;

/** Makes Hugging Face TGI known to {@code Collectors.forEngine("tgi")}; all it knows stands in {@code tgi.catalog}. */
public final class TgiEngine implements EngineProvider {
    private static final Catalog CATALOG = Catalog.load("tgi.catalog", TgiEngine.class::getResourceAsStream);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public TgiEngine() {}

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
        return Optional.of(TgiView.of(snapshot));
    }
}
