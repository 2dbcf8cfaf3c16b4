package io.inferencemetrics.prometheus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one body in their order: how long each is, and of which series; columns rather than objects, so that a
 * hundred thousand lines are a few arrays.
 *
 * <p>Behind the last line stands a strange one, so that a look at the next line needs no look at the count.
 */
final class LineOrder {
    /** A sample in the usual shape, whose value is known. */
    static final byte SAMPLE = 0;
    /** The same with a time, which is read anew unless it may be passed over. */
    static final byte TIMED_SAMPLE = 1;
    /** A sample that only the exact parsers read. */
    static final byte UNUSUAL_SAMPLE = 2;
    /** A comment or blank line. */
    static final byte NOTHING = 3;

    static final byte TYPE = 4;
    static final byte HELP = 5;
    static final byte UNIT = 6;
    /** Lines of families that are not wanted, as many as stand together. */
    static final byte SKIPPED = 7;
    /** What is read anew whenever it comes: bad lines, the end mark, a series that comes twice. */
    static final byte STRANGE = 8;

    /** Of the series on the line, if it has one; of lines that were skipped, how many there are. */
    int[] ordinals = new int[64];
    /** With the newline; the complement (all bits turned) for a line that is not of the kind SAMPLE. */
    int[] lengths = new int[64];

    byte[] kinds = new byte[64];
    int count;

    LineOrder() {
        cut(0);
    }

    /** Keeps only the first lines. */
    void cut(int lines) {
        count = lines;
        lengths[lines] = -1;
        kinds[lines] = STRANGE;
    }

    /** Adds a line. */
    void add(byte kind, int length, int ordinal) {
        if (count + 1 == kinds.length) {
            ordinals = Arrays.copyOf(ordinals, 2 * kinds.length);
            lengths = Arrays.copyOf(lengths, 2 * kinds.length);
            kinds = Arrays.copyOf(kinds, 2 * kinds.length);
        }
        set(count, kind, length, ordinal);
        cut(count + 1);
    }

    /** Says anew of what kind a line is, and how long. */
    void set(int line, byte kind, int length, int ordinal) {
        kinds[line] = kind;
        lengths[line] = kind == SAMPLE ? length : ~length;
        ordinals[line] = ordinal;
    }

    int length(int line) {
        int length = lengths[line];
        return length < 0 ? ~length : length;
    }

    /** Takes over lines of another order, to stand behind the ones that are there. */
    void addFrom(LineOrder other, int from, int to) {
        for (int line = from; line < to; line++) {
            add(other.kinds[line], other.length(line), other.ordinals[line]);
        }
    }

    boolean hasSeries(int line) {
        return kinds[line] <= UNUSUAL_SAMPLE;
    }

    int seriesCount() {
        int series = 0;
        for (int line = 0; line < count; line++) {
            series += hasSeries(line) ? 1 : 0;
        }
        return series;
    }

    /** The kind of a line that is no sample. */
    static byte kind(@Nullable Event event) {
        return event == null ? NOTHING : event == Event.TYPE ? TYPE : event == Event.HELP ? HELP : UNIT;
    }

    /** What a line says that is no sample. */
    static @Nullable Event event(byte kind) {
        return switch (kind) {
            case TYPE -> Event.TYPE;
            case HELP -> Event.HELP;
            case UNIT -> Event.UNIT;
            default -> null;
        };
    }
}
