package io.inferencemetrics.dcgm;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.spi.GpuProvider;

/** Makes nvidia_gpu_exporter known to {@code Collectors.forGpu("nvidia-smi-exporter")}; all it knows stands in {@code nvidia-smi-exporter.catalog}. */
public final class NvidiaSmiExporter implements GpuProvider {
    private static final Catalog CATALOG =
            Catalog.load("nvidia-smi-exporter.catalog", NvidiaSmiExporter.class::getResourceAsStream);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public NvidiaSmiExporter() {}

    @Override
    public String id() {
        return CATALOG.engine();
    }

    @Override
    public Catalog catalog() {
        return CATALOG;
    }
}
