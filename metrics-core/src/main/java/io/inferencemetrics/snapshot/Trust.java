package io.inferencemetrics.snapshot;

/** How far a value may be believed, from the surest down. */
public enum Trust {
    /** The engine says exactly this. */
    EXACT,
    /** Computed from exact values. */
    DERIVED,
    /** Close to what was asked for, but not the same; the note says how it differs. */
    APPROXIMATE,
    /** Known to mislead; taken only because nothing better is there. */
    DOUBTFUL
}
