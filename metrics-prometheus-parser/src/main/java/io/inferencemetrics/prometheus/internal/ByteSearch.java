package io.inferencemetrics.prometheus.internal;

import java.util.Arrays;

/** Searches ranges of bytes eight at a time. */
public final class ByteSearch {
    private static final int BYTES = Swar.BYTES;

    /** Few label values are longer. */
    private static final int FEW_BYTES = 8 * BYTES;

    private ByteSearch() {}

    /** The index of the first newline; the end of the range if there is none. */
    public static int indexOfNewline(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - BYTES; at += BYTES) {
            long found = Swar.equal(Swar.load(bytes, at), '\n');
            if (found != 0) {
                return at + Swar.first(found);
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /**
     * The index of the first byte that is not plain text of a label value: a quote, a backslash, a control character, or a
     * part of a character outside ASCII.
     *
     * <p>The loop has its end in the middle, so that the compiler does not unroll it: to enter an unrolled loop takes longer
     * than the few rounds that most values need. Long values have a loop that it does unroll.
     *
     * @param last words are looked at that start before it; the array holds a whole one there
     * @return -1 when there is none in these words
     */
    public static int plainTextEnd(byte[] bytes, int from, int last) {
        int fewEnd = Math.min(last, from + FEW_BYTES);
        int at = from;
        if (at >= fewEnd) {
            return -1;
        }
        long other = Swar.notPlainText(Swar.load(bytes, at));
        while (other == 0) {
            at += BYTES;
            if (at >= fewEnd) {
                return longPlainTextEnd(bytes, at, last);
            }
            other = Swar.notPlainText(Swar.load(bytes, at));
        }
        return at + Swar.first(other);
    }

    private static int longPlainTextEnd(byte[] bytes, int from, int last) {
        for (int at = from; at < last; at += BYTES) {
            long other = Swar.notPlainText(Swar.load(bytes, at));
            if (other != 0) {
                return at + Swar.first(other);
            }
        }
        return -1;
    }

    /** How many bytes two ranges, no longer than a line, have in common at their start. */
    public static int commonLength(byte[] a, int from, byte[] b, int otherFrom, int length) {
        int at = 0;
        while (at <= length - BYTES) {
            long difference = Swar.load(a, from + at) ^ Swar.load(b, otherFrom + at);
            if (difference != 0) {
                return at + Swar.first(difference);
            }
            at += BYTES;
        }
        while (at < length && a[from + at] == b[otherFrom + at]) {
            at++;
        }
        return at;
    }

    /** The same for ranges of many lines. */
    public static int longCommonLength(byte[] a, int from, byte[] b, int otherFrom, int length) {
        int found = Arrays.mismatch(a, from, from + length, b, otherFrom, otherFrom + length);
        return found < 0 ? length : found;
    }

    /** Whether two ranges of one length hold the same bytes. */
    public static boolean equal(byte[] a, int from, byte[] b, int otherFrom, int length) {
        if (length > 0 && length <= BYTES && from <= a.length - BYTES && otherFrom <= b.length - BYTES) {
            // the bytes behind the range, in the highest lanes, are shifted out
            return (Swar.load(a, from) ^ Swar.load(b, otherFrom)) << (Long.SIZE - Byte.SIZE * length) == 0;
        }
        return longEqual(a, from, b, otherFrom, length);
    }

    private static boolean longEqual(byte[] a, int from, byte[] b, int otherFrom, int length) {
        int at = 0;
        for (; at <= length - BYTES; at += BYTES) {
            if (Swar.load(a, from + at) != Swar.load(b, otherFrom + at)) {
                return false;
            }
        }
        if (length >= BYTES) { // the last word overlaps the one before
            return Swar.load(a, from + length - BYTES) == Swar.load(b, otherFrom + length - BYTES);
        }
        while (at < length && a[from + at] == b[otherFrom + at]) {
            at++;
        }
        return at == length;
    }

    /**
     * The index behind a metric name, whatever it starts with.
     *
     * @param last as for {@link #plainTextEnd}
     * @return -1 when it does not end in these words
     */
    public static int metricNameEnd(byte[] bytes, int from, int last) {
        for (int at = from; at < last; at += BYTES) {
            long other = Swar.notInMetricName(Swar.load(bytes, at));
            if (other != 0) {
                return at + Swar.first(other);
            }
        }
        return -1;
    }

    /**
     * The index of the first byte that is not plain text of a HELP line: a newline, a backslash, or a part of a character
     * outside ASCII.
     *
     * @param last as for {@link #plainTextEnd}
     * @return -1 when there is none in these words
     */
    public static int plainHelpEnd(byte[] bytes, int from, int last) {
        for (int at = from; at < last; at += BYTES) {
            long word = Swar.load(bytes, at);
            long other = Swar.equal(word, '\n') | Swar.equal(word, '\\') | (word & Swar.HIGH_BITS);
            if (other != 0) {
                return at + Swar.first(other);
            }
        }
        return -1;
    }

    /** Whether a range holds ASCII without a backslash: text that means what it says. */
    public static boolean isPlainHelp(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - BYTES; at += BYTES) {
            long word = Swar.load(bytes, at);
            if ((Swar.equal(word, '\\') | (word & Swar.HIGH_BITS)) != 0) {
                return false;
            }
        }
        while (at < to && bytes[at] >= 0 && bytes[at] != '\\') {
            at++;
        }
        return at == to;
    }
}
