package io.inferencemetrics.prometheus;

/** What {@link ExpositionCursor#next()} stands on. */
public enum Event {
    /** A sample: see {@link ExpositionCursor#sample()}. */
    SAMPLE,
    /** A TYPE line: see {@link ExpositionCursor#name()} and {@link ExpositionCursor#type()}. */
    TYPE,
    /** A HELP line: see {@link ExpositionCursor#name()} and {@link ExpositionCursor#help()}. */
    HELP,
    /** A UNIT line, in OpenMetrics only: see {@link ExpositionCursor#name()} and {@link ExpositionCursor#unit()}. */
    UNIT,
    /** The end of the body. */
    END
}
