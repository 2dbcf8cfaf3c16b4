package io.inferencemetrics.nvml;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.nvml.internal.NvmlSource;
import io.inferencemetrics.spi.GpuProvider;
import io.inferencemetrics.spi.LocalSource;
import java.util.Optional;

/**
 * Makes the GPUs of this machine known to {@code Collectors.forGpu("nvml")}, read in this process through NVML; all it knows
 * stands in {@code nvml.catalog}.
 *
 * <p>The library is opened once and held open until the collector is closed. A read is one call into the driver for most
 * numbers; those that would block are not made.
 */
public final class NvmlGpus implements GpuProvider {
    static final Catalog CATALOG = Catalog.load("nvml.catalog", NvmlGpus.class::getResourceAsStream);

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public NvmlGpus() {}

    @Override
    public String id() {
        return CATALOG.engine();
    }

    @Override
    public Catalog catalog() {
        return CATALOG;
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Optional<LocalSource> local() {
        return Optional.of(new NvmlSource());
    }
}
