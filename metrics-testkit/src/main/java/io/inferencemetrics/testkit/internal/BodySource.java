package io.inferencemetrics.testkit.internal;

import java.time.Instant;

/** Where the body of a scrape comes from. */
public interface BodySource {
    /** The body of a scrape at that time; every call is a scrape. */
    String at(Instant now);

    /** Does the work that a body at that time would cost; no scrape. */
    default void advanceTo(Instant now) {}

    /** From that time on so many requests arrive per second on average; fixed bodies do not care. */
    default void requestsPerSecond(double value, Instant from) {}

    /** Hands in a request at that time; fixed bodies do not care. */
    default void submit(Submission request, Instant now) {}

    /**
     * What one of the data-parallel engines knows about itself at that time, by the name of a measure; 0 in fixed bodies.
     * No scrape.
     */
    default double number(String measure, int engine, Instant now) {
        return 0;
    }
}
