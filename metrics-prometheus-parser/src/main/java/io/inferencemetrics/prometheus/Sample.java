package io.inferencemetrics.prometheus;

/**
 * One sample: a series and its value.
 *
 * <p>A view that the parser reuses: it and all that it hands out are valid until the parser moves on. No method
 * allocates. Not thread-safe.
 */
public sealed interface Sample permits ParsedSample {
    /** The name of the metric, its escapes resolved; never empty. */
    ByteSlice name();

    /** How many labels it has. A label with an empty value counts, though it means the same as no label. */
    int labelCount();

    /**
     * The name of a label, in the order of the line; no two of a sample are equal.
     *
     * @throws IndexOutOfBoundsException when the index is not below {@link #labelCount()}
     */
    ByteSlice labelName(int index);

    /**
     * The value of a label, its escapes resolved.
     *
     * @throws IndexOutOfBoundsException when the index is not below {@link #labelCount()}
     */
    ByteSlice labelValue(int index);

    /**
     * The bytes of name and labels exactly as on the line.
     *
     * <p>Equal bytes are always the same series, so they are a key for what was found out about it; the same series
     * may be written in several ways.
     */
    ByteSlice series();

    /**
     * The number of the series, counted from 0 as they were first seen; -1 unless the cursor remembers the body before.
     *
     * <p>The same from body to body as long as {@link ExpositionCursor#generation()} is.
     */
    int ordinal();

    /** Whether the value is another than in the body before; true where that is not known, as of a series that comes twice. */
    boolean changed();

    /** The value, correctly rounded; may be NaN or infinite. */
    double value();

    /** Whether the line has a timestamp. */
    boolean hasTimestamp();

    /**
     * The timestamp in milliseconds since 1970, cut towards zero; 0 without one, and the nearest {@code long} for one
     * out of range.
     */
    long timestampMillis();

    /** Whether an OpenMetrics timestamp is too large for {@link #timestampMillis()}. */
    boolean timestampOutOfRange();

    /** The timestamp as it stands on the line: milliseconds in text, seconds in OpenMetrics; empty without one. */
    ByteSlice timestampText();

    /** Whether the line has an exemplar. */
    boolean hasExemplar();

    /**
     * The exemplar.
     *
     * @throws IllegalStateException when the line has none
     */
    Exemplar exemplar();
}
