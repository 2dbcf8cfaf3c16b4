package io.inferencemetrics.testkit.internal;

import java.util.List;

/** Writes families in the manner of one engine's exporter. */
interface BodyWriter {
    /** The body of one scrape. */
    String write(List<Family> families);
}
