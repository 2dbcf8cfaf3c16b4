package io.inferencemetrics.spi;

/** A way to read a machine: processor, memory, network, disks, processes; its catalogue's vocabulary is {@code host}. */
public interface HostProvider extends MachineProvider {}
