package io.inferencemetrics.testkit.internal;

import java.time.Instant;

/** Where the body of a scrape comes from. */
public interface BodySource {
    /** The body of a scrape at that time; every call is a scrape. */
    String at(Instant now);
}
