package io.inferencemetrics.catalog;

/** The kinds of metric family that a catalogue tells apart. */
public enum FamilyKind {
    /** Only grows, until a restart. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Buckets, sum and count. */
    HISTOGRAM,
    /** Quantiles, sum and count; only the last two are used. */
    SUMMARY,
    /** Says what it has to say in its labels. */
    INFO
}
