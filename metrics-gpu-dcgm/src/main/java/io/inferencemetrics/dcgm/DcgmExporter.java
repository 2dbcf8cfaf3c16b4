package io.inferencemetrics.dcgm;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.spi.GpuProvider;

/** Makes dcgm-exporter known to {@code Collectors.forGpu("dcgm")}; all it knows stands in {@code dcgm.catalog}. */
public final class DcgmExporter implements GpuProvider {
    private static final Catalog CATALOG = Catalog.load("dcgm.catalog", DcgmExporter.class::getResourceAsStream);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public DcgmExporter() {}

    @Override
    public String id() {
        return CATALOG.engine();
    }

    @Override
    public Catalog catalog() {
        return CATALOG;
    }
}
