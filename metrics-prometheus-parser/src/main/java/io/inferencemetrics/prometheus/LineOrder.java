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
    /** Comments or blank lines, as many as stand together, so that millions of them cost no more than one. */
    static final byte NOTHING = 3;

    static final byte TYPE = 4;
    static final byte HELP = 5;
    static final byte UNIT = 6;
    /** Lines of families that are not wanted, as many as stand together. */
    static final byte UNWANTED = 7;
    /** What is read anew whenever it comes: bad lines, the end mark, a series that comes twice. */
    static final byte STRANGE = 8;

    static final int NOT_PASSED = 1 << 30;
    static final int TIMED = 1 << 29;
    /** What is longer, lines or bodies, is never known again. */
    static final int LONGEST = TIMED - 1;

    /** Of the series on the line; the complement (all bits turned) of the number of lines for what has no series. */
    int[] ordinals = new int[64];
    /**
     * With the newline. Larger than the length of any line for what is not passed over as SAMPLE and metadata are, so that
     * one comparison says whether a line can be: {@link #NOT_PASSED} is added, and {@link #TIMED} to a sample with a time;
     * {@link #NOT_PASSED} alone also to a line that was used in another place.
     */
    int[] lengths = new int[64];

    byte[] kinds = new byte[64];
    int count;
    /** How many of all have a series. */
    private int samples;

    LineOrder() {
        end();
    }

    /** Keeps only the first lines. */
    void cut(int lines) {
        samples = countSamples(0, lines);
        count = lines;
        end();
    }

    private void end() {
        lengths[count] = NOT_PASSED;
        ordinals[count] = -1;
        kinds[count] = STRANGE;
    }

    /** Adds a line, or lines that stand together. */
    void add(byte kind, int length, int ordinal) {
        int last = count - 1;
        if (kind == NOTHING && last >= 0 && kinds[last] == NOTHING && length(last) <= LONGEST - length) {
            write(last, kind, length(last) + length, ~(lines(last) + ~ordinal));
            return;
        }
        reserve(1);
        write(count, kind, length, ordinal);
        samples += hasSeries(count) ? 1 : 0;
        count++;
        end();
    }

    private void reserve(int lines) {
        int needed = count + lines + 1;
        if (needed > kinds.length) {
            int size = Math.max(needed, 2 * kinds.length);
            ordinals = Arrays.copyOf(ordinals, size);
            lengths = Arrays.copyOf(lengths, size);
            kinds = Arrays.copyOf(kinds, size);
        }
    }

    /** Says anew of what kind a line is, and how long. */
    void set(int line, byte kind, int length, int ordinal) {
        samples -= hasSeries(line) ? 1 : 0;
        write(line, kind, length, ordinal);
        samples += hasSeries(line) ? 1 : 0;
    }

    private void write(int line, byte kind, int length, int ordinal) {
        boolean tooLong = length > LONGEST;
        kinds[line] = tooLong ? STRANGE : kind;
        lengths[line] = tooLong ? NOT_PASSED | LONGEST : passing(kind) | length;
        ordinals[line] = ordinal;
    }

    private static int passing(byte kind) {
        boolean passed = kind == SAMPLE || (kind >= TYPE && kind <= UNIT);
        return passed ? 0 : kind == TIMED_SAMPLE ? NOT_PASSED | TIMED : NOT_PASSED;
    }

    /** How many lines stand together there, none of which has a series. */
    int lines(int line) {
        return ~ordinals[line];
    }

    int length(int line) {
        return lengths[line] & LONGEST;
    }

    /** Takes over lines of another order, to stand behind the ones that are there. */
    void addFrom(LineOrder other, int from, int to) {
        if (from == to) {
            return;
        }
        add(other.kinds[from], other.length(from), other.ordinals[from]); // it may join the last line
        int rest = from + 1;
        int lines = to - rest;
        reserve(lines);
        System.arraycopy(other.ordinals, rest, ordinals, count, lines);
        System.arraycopy(other.lengths, rest, lengths, count, lines);
        System.arraycopy(other.kinds, rest, kinds, count, lines);
        samples += other.countSamples(rest, to);
        count += lines;
        end();
    }

    /** Says that lines have come in another place, so that they are not passed over where they stand here. */
    void use(int from, int to) {
        for (int line = from; line < to; line++) {
            lengths[line] = NOT_PASSED | (lengths[line] & LONGEST);
        }
    }

    boolean hasSeries(int line) {
        return kinds[line] <= UNUSUAL_SAMPLE;
    }

    /** How many samples there are in a part of it; without a count where it is the whole, as it mostly is. */
    int samples(int from, int to) {
        return from == 0 && to == count ? samples : countSamples(from, to);
    }

    private int countSamples(int from, int to) {
        int found = 0;
        for (int line = from; line < to; line++) {
            found += hasSeries(line) ? 1 : 0;
        }
        return found;
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
