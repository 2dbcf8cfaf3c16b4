package io.inferencemetrics.nvml;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.nvml.internal.Extra;
import io.inferencemetrics.nvml.internal.NvmlSource;
import io.inferencemetrics.spi.GpuProvider;
import io.inferencemetrics.spi.LocalSource;
import java.util.Optional;

/**
 * Makes the GPUs of this machine known to {@code Collectors.forGpu("nvml")}, read in this process through NVML; all it knows
 * stands in {@code nvml.catalog}.
 *
 * <p>The library is opened once and held open until the collector is closed. A read is one call into the driver for most
 * numbers; those that would block are not made, unless {@link #PCIE_THROUGHPUT} is asked for.
 */
public final class NvmlGpus implements GpuProvider {
    /**
     * For {@code CollectorBuilder.also}: how busy tensor cores, memory bandwidth and the other parts of a chip were between two
     * reads, of MIG instances too, on Hopper and newer. Two or three calls more for each.
     */
    public static final String GPM = Extra.GPM.id();

    /** For {@code CollectorBuilder.also}: what each NVLink carries, and its errors. Four calls more for each. */
    public static final String LINKS = Extra.LINKS.id();

    /**
     * For {@code CollectorBuilder.also}: what PCIe carries as the driver measures it, for devices that have no counters of it.
     * Each device is measured for 40 ms a second, on a thread of its own; a read gets what was measured last, for five
     * seconds at most.
     */
    public static final String PCIE_THROUGHPUT = Extra.PCIE.id();

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
