package io.inferencemetrics.prometheus;

/** What a line turned out to be. */
enum LineKind {
    SAMPLE,
    TYPE,
    HELP,
    UNIT,
    /** {@code # EOF} in OpenMetrics. */
    END_OF_FILE,
    /** A blank line or a comment. */
    NOTHING,
    /** Why is noted in the {@link Line}. */
    BAD
}
