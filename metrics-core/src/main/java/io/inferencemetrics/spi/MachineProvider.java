package io.inferencemetrics.spi;

import java.util.Optional;

/**
 * A way to read what is no engine: the devices of a machine, or the machine itself.
 *
 * <p>Both come as the text of an exposition, which the catalogue explains: from an address as an engine's does, or, where
 * {@link #local()} says so, written by the module about the machine that it runs on.
 */
public interface MachineProvider extends MetricsProvider {

    /** How to read this machine without an address; empty where there must be one. */
    default Optional<LocalSource> local() {
        return Optional.empty();
    }
}
