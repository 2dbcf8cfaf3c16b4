package io.inferencemetrics.host.internal;

import io.inferencemetrics.spi.ExpositionWriter;

/** A part of the machine that is read by itself: where it fails, the others are still told. Used by one thread. */
interface Part {

    /** How messages name it. */
    String name();

    /** Writes what the part says now; what it does not say is not written. */
    void write(ExpositionWriter out);
}
