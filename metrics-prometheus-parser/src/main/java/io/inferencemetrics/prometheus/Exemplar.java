package io.inferencemetrics.prometheus;

/**
 * An example of what a sample counted, such as the trace of one request. A view, valid as long as its {@link Sample}.
 */
public sealed interface Exemplar permits ParsedExemplar {
    /** How many labels it has. */
    int labelCount();

    /**
     * The name of a label, in the order of the line.
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

    /** The observed value. */
    double value();

    /** Whether it says when it was observed. */
    boolean hasTimestamp();

    /**
     * When it was observed, in milliseconds since 1970, cut towards zero; 0 without a timestamp, and the nearest
     * {@code long} for one out of range.
     */
    long timestampMillis();

    /** Whether the timestamp is too large for {@link #timestampMillis()}. */
    boolean timestampOutOfRange();

    /** The timestamp as it stands on the line; empty without one. */
    ByteSlice timestampText();
}
