package io.inferencemetrics.prometheus;

import java.util.Arrays;

/**
 * What is known of the series of a target, by their ordinals: where the parts of name and labels are, which stay, and the
 * value that each had last. Columns rather than objects, as in {@link LineOrder}.
 */
final class KnownSeries {
    private final TextTable texts = new TextTable();
    double[] values = new double[16];
    /** The last body that had the series, as far as somebody noted it. */
    int[] bodies = new int[16];
    /** How long name and labels are; 0 as long as the series was never seen in the usual shape. */
    int[] lengths = new int[16];

    int[] labelCounts = new int[16];
    /** Where the positions of the labels start in {@link #positions}. */
    int[] positionStarts = new int[16];
    /** See {@link UsualText}. */
    int[] positions = new int[64];

    private int positionCount;

    int count() {
        return texts.size();
    }

    /** How many bytes it takes to tell the series from each other. */
    long keyBytes() {
        return texts.keyBytes();
    }

    /** The ordinal of a series; the next one if it has none yet. */
    int ordinal(ByteSlice series) {
        int before = texts.size();
        int ordinal = texts.number(series.array(), series.offset(), series.length());
        if (ordinal == before) {
            if (ordinal == values.length) {
                grow(2 * ordinal);
            }
            lengths[ordinal] = 0;
            bodies[ordinal] = 0;
        }
        return ordinal;
    }

    /** Keeps the value that a series has now; whether it is another one than before. */
    boolean replace(int ordinal, double value) {
        boolean changed = Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(values[ordinal]);
        values[ordinal] = value;
        return changed;
    }

    private void grow(int capacity) {
        values = Arrays.copyOf(values, capacity);
        bodies = Arrays.copyOf(bodies, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        labelCounts = Arrays.copyOf(labelCounts, capacity);
        positionStarts = Arrays.copyOf(positionStarts, capacity);
    }

    int nameLength(int ordinal) {
        return positions[positionStarts[ordinal]] + 1;
    }

    /** Remembers where the parts of a series are, once it has been read in the usual shape. */
    void setPositions(int ordinal, SeriesScanner found) {
        if (lengths[ordinal] > 0) {
            return;
        }
        int entries = 2 * found.labels() + 1;
        if (positionCount + entries > positions.length) {
            positions = Arrays.copyOf(positions, Math.max(2 * positions.length, positionCount + entries));
        }
        System.arraycopy(found.positions(), 0, positions, positionCount, entries);
        lengths[ordinal] = found.length();
        labelCounts[ordinal] = found.labels();
        positionStarts[ordinal] = positionCount;
        positionCount += entries;
    }
}
