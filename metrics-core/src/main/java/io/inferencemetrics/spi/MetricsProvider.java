package io.inferencemetrics.spi;

import io.inferencemetrics.catalog.Catalog;

/**
 * Something that can be read, found through {@link java.util.ServiceLoader}: an engine, the devices of a machine, a machine.
 *
 * <p>Implementations need a public constructor without arguments, do nothing in it that can fail, and are safe to use
 * from several threads.
 */
public interface MetricsProvider {

    /** The id by which applications ask for it, such as {@code vllm} or {@code dcgm}. */
    String id();

    /** All that is known about its metrics; read once, on first use. */
    Catalog catalog();

    /** Which provider goes first where two have the same id; the higher one. */
    default int priority() {
        return 0;
    }
}
