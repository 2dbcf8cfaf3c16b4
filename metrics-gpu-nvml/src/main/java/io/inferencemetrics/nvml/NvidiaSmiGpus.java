package io.inferencemetrics.nvml;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.nvml.internal.SmiSource;
import io.inferencemetrics.spi.GpuProvider;
import io.inferencemetrics.spi.LocalSource;
import java.util.Optional;

/**
 * Stands in for {@link NvmlGpus} where the library cannot be bound in this process but {@code nvidia-smi} is there.
 *
 * <p>The slower way, with less to say: one nvidia-smi is kept running that writes once a second, and a read hands out what it
 * wrote last, with the time when that came. No energy, processes, links, or MIG instances.
 */
public final class NvidiaSmiGpus implements GpuProvider {

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public NvidiaSmiGpus() {}

    @Override
    public String id() {
        return NvmlGpus.CATALOG.engine();
    }

    @Override
    public Catalog catalog() {
        return NvmlGpus.CATALOG;
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Optional<LocalSource> local() {
        return Optional.of(new SmiSource());
    }
}
