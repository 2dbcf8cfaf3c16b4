package io.inferencemetrics.snapshot;

import java.time.Duration;

/**
 * Where a value came from, how far to trust it, and when it was true.
 *
 * @param source the name on the wire, or the formula; empty where no name is known
 * @param trust how far the value may be believed
 * @param measuredNanos when the value was true, on the clock of {@link System#nanoTime()} of this process
 * @param note what a reader should know beside the number; empty for nothing
 */
public record Provenance(String source, Trust trust, long measuredNanos, String note) {

    /** How old the value is now. */
    public Duration age() {
        return ageAt(System.nanoTime());
    }

    /** How old the value was at a moment of {@link System#nanoTime()}. */
    public Duration ageAt(long nanoTime) {
        return Duration.ofNanos(nanoTime - measuredNanos);
    }
}
