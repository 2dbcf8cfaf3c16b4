package io.inferencemetrics.spi;

/** A way to read graphics processors and other accelerators; its catalogue's vocabulary is {@code gpu}. */
public interface GpuProvider extends MachineProvider {}
