package io.inferencemetrics.prometheus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the lines of a body, one entry each, in their order; columns rather than objects, so that a hundred
 * thousand lines are a few arrays.
 */
final class LineTable {
    /** A sample in the usual shape, whose positions and value are known. */
    static final byte USUAL = 0;
    /** The same with a time, which is read anew each time. */
    static final byte TIMED = 6;
    /** What has to be read by the exact parsers whenever it comes: unusual samples, bad lines, the end mark. */
    static final byte EXACT = 1;
    /** A comment or blank line. */
    static final byte NOTHING = 2;

    static final byte TYPE = 3;
    static final byte HELP = 4;
    static final byte UNIT = 5;

    byte[] kinds = new byte[64];
    /** With the newline. */
    int[] lengths = new int[64];
    /** Of the name and labels. */
    int[] seriesLengths = new int[64];

    int[] ordinals = new int[64];
    double[] values = new double[64];
    int[] labelCounts = new int[64];
    /** Where the positions of a line's labels start in {@link #positions}. */
    int[] positionStarts = new int[64];

    int[] positions = new int[256];
    int count;
    private int positionCount;

    void clear() {
        count = 0;
        positionCount = 0;
    }

    /** Adds a line that is no sample in the usual shape. */
    void add(byte kind, int length) {
        int i = next();
        kinds[i] = kind;
        lengths[i] = length;
        seriesLengths[i] = 0;
        ordinals[i] = -1;
    }

    /** Adds a sample in the usual shape. */
    void addSample(int length, int ordinal, ParsedSample sample) {
        int seriesLength = sample.series().length();
        addSample(USUAL, length, seriesLength, ordinal, 0, sample.labels.count(), sample.labels.positions(), 0);
        setValue(count - 1, length, sample);
    }

    /** What stands behind the series of a line is another now. */
    void setValue(int i, int length, ParsedSample sample) {
        kinds[i] = sample.hasTimestamp() ? TIMED : USUAL;
        lengths[i] = length;
        values[i] = sample.value();
    }

    private void addSample(
            byte kind, int length, int seriesLength, int ordinal, double value, int labels, int[] from, int fromIndex) {
        int i = next();
        kinds[i] = kind;
        lengths[i] = length;
        seriesLengths[i] = seriesLength;
        ordinals[i] = ordinal;
        values[i] = value;
        labelCounts[i] = labels;
        positionStarts[i] = positionCount;
        int entries = 2 * labels + 1;
        if (positionCount + entries > positions.length) {
            positions = Arrays.copyOf(positions, Math.max(2 * positions.length, positionCount + entries));
        }
        System.arraycopy(from, fromIndex, positions, positionCount, entries);
        positionCount += entries;
    }

    boolean hasSeries(int i) {
        return kinds[i] == USUAL || kinds[i] == TIMED || (kinds[i] == EXACT && ordinals[i] >= 0);
    }

    static byte kind(@Nullable Event event) {
        return event == null ? NOTHING : event == Event.TYPE ? TYPE : event == Event.HELP ? HELP : UNIT;
    }

    static @Nullable Event event(byte kind) {
        return switch (kind) {
            case TYPE -> Event.TYPE;
            case HELP -> Event.HELP;
            case UNIT -> Event.UNIT;
            default -> null;
        };
    }

    /** Adds what another table says of a line. */
    void addFrom(LineTable other, int i) {
        if (other.kinds[i] == USUAL || other.kinds[i] == TIMED) {
            addSample(
                    other.kinds[i],
                    other.lengths[i],
                    other.seriesLengths[i],
                    other.ordinals[i],
                    other.values[i],
                    other.labelCounts[i],
                    other.positions,
                    other.positionStarts[i]);
        } else {
            add(other.kinds[i], other.lengths[i]);
            ordinals[count - 1] = other.ordinals[i];
            values[count - 1] = other.values[i];
        }
    }

    private int next() {
        if (count == kinds.length) {
            int capacity = 2 * count;
            kinds = Arrays.copyOf(kinds, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            seriesLengths = Arrays.copyOf(seriesLengths, capacity);
            ordinals = Arrays.copyOf(ordinals, capacity);
            values = Arrays.copyOf(values, capacity);
            labelCounts = Arrays.copyOf(labelCounts, capacity);
            positionStarts = Arrays.copyOf(positionStarts, capacity);
        }
        return count++;
    }
}
