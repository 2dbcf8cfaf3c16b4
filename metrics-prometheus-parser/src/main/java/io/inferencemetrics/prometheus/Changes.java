package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.Objects;

/**
 * What is not as it was in the body before, many values at a time, as {@link ExpositionCursor#nextChanges} hands them out.
 *
 * <p>Reused from call to call. No method allocates, and those that take an index throw {@link
 * IndexOutOfBoundsException} when it is not below {@link #count()}. Not thread-safe.
 */
public final class Changes {
    /** So many stay in the processor's nearest cache. */
    private static final int FEW = 128;

    private static final long NO_TIME = Long.MIN_VALUE;

    final int[] ordinals = new int[FEW];
    final double[] values = new double[FEW];
    private final long[] timestamps = new long[FEW];
    private boolean timed = true;
    int count;

    /** Room for 128 values, which a cursor fills. */
    public Changes() {}

    /** Most servers write no timestamps, and then none are cleared. */
    void clear() {
        count = 0;
        if (timed) {
            Arrays.fill(timestamps, NO_TIME);
            timed = false;
        }
    }

    void setTimestamp(int index, long millis) {
        timestamps[index] = millis;
        timed = true;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The number of the series, as {@link Sample#ordinal()} tells it. */
    public int ordinal(int index) {
        return ordinals[Objects.checkIndex(index, count)];
    }

    /** The value that the series has now; the one that it had where only the time, or how the value is written, is another. */
    public double value(int index) {
        return values[Objects.checkIndex(index, count)];
    }

    /** Whether the line has a timestamp. */
    public boolean hasTimestamp(int index) {
        return timestamps[Objects.checkIndex(index, count)] != NO_TIME;
    }

    /** The timestamp in milliseconds since 1970; 0 without one. */
    public long timestampMillis(int index) {
        return hasTimestamp(index) ? timestamps[index] : 0;
    }
}
