package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import io.inferencemetrics.prometheus.internal.Swar;
import java.util.Arrays;

/**
 * Reads {@code name} or {@code name{label="value",...}} at the start of a line, in the one shape that servers write: no
 * blanks, no escapes, ASCII only. It says no to everything else, bad or only unusual, which the exact parsers then read.
 *
 * <p>What it finds are the ends of names and values, counted from the start of the line. It keeps them for the next line,
 * which often begins and ends alike: the next bucket of a histogram differs in one label.
 *
 * <p>The methods are longer than elsewhere, and hold their state in local variables, because every byte of every scrape
 * passes through them.
 */
final class SeriesScanner {
    /** Lines with more are rare enough for the exact parsers. */
    static final int MAX_LABELS = 32;

    /** How often in a row lines may turn out to be unlike before the look at the previous line is left out for a while. */
    private static final int PATIENCE = 8;

    private static final int PAUSE = 64;

    /** Longer names of labels are left to the exact parsers, which do not compare each with all others. */
    private static final int LONGEST_NAME = 256;

    private final int maxLabels;

    private int nameLength;

    /**
     * Where each label's name ends, then where its value ends, behind an entry that is two less than where the first
     * name starts, so that every name starts two bytes behind the entry before its own.
     */
    private final int[] ends = new int[2 * MAX_LABELS + 1];

    private int labels;
    private int length;

    private int previousStart;
    private int unlike;
    private int pause;

    SeriesScanner(int maxLabels) {
        this.maxLabels = Math.min(maxLabels, MAX_LABELS);
    }

    /** Forgets the line before: other bytes follow. */
    void start() {
        length = 0;
        unlike = 0;
        pause = 0;
    }

    /** How long the series is; valid after a scan that found one. */
    int length() {
        return length;
    }

    int nameLength() {
        return nameLength;
    }

    int labels() {
        return labels;
    }

    /** See {@link UsualText}. */
    int[] positions() {
        return ends;
    }

    /**
     * Reads a series.
     *
     * @param bytes the same as for the line before, unless that was forgotten
     * @param to where the bytes end; only whole words before it are looked at
     * @return where it ends, or -1 when it is of another shape
     */
    int scan(byte[] bytes, int from, int to) {
        int end = length > 0 && pause == 0 ? scanLikePrevious(bytes, from, to) : scanAnew(bytes, from, to);
        if (pause > 0) {
            pause--;
        }
        if (end < 0) {
            length = 0;
            return -1;
        }
        previousStart = from;
        length = end - from;
        return end;
    }

    private int scanAnew(byte[] bytes, int from, int to) {
        int at = from;
        int last = to - Swar.BYTES;
        if (at > last || bytes[at] <= '9') {
            return -1;
        }
        long other = Swar.notInMetricName(Swar.load(bytes, at));
        while (other == 0) {
            at += Swar.BYTES;
            if (at > last) {
                return -1;
            }
            other = Swar.notInMetricName(Swar.load(bytes, at));
        }
        at += Swar.first(other);
        if (at == from) {
            return -1;
        }
        nameLength = at - from;
        ends[0] = nameLength - 1;
        labels = 0;
        return bytes[at] == '{' ? scanLabels(bytes, from, at, last) : at;
    }

    /** Reads labels from the opening brace to behind the closing one. */
    private int scanLabels(byte[] bytes, int from, int brace, int last) {
        int at = brace;
        int label = 0;
        do {
            int nameStart = at + 1;
            at = labelNameEnd(bytes, nameStart, last);
            if (at <= nameStart || label == maxLabels || bytes[at] != '=' || bytes[at + 1] != '"') {
                return at == nameStart && label == 0 && bytes[at] == '}' ? at + 1 : -1;
            }
            ends[2 * label + 1] = at - from;
            at = valueEnd(bytes, at + 2, last);
            if (at < 0) {
                return -1;
            }
            ends[2 * label + 2] = at - from;
            label++;
            at++;
        } while (bytes[at] == ',');
        labels = label;
        return bytes[at] == '}' && differ(bytes, from) ? at + 1 : -1;
    }

    /** The index behind a label name, or -1; room for one more byte is left behind it. */
    private static int labelNameEnd(byte[] bytes, int from, int last) {
        int at = from;
        while (at < last) {
            long other = Swar.notInLabelName(Swar.load(bytes, at));
            if (other != 0) {
                return at + Swar.first(other);
            }
            at += Swar.BYTES;
        }
        return -1;
    }

    /** The index of the quote that ends a value, or -1; room for one more byte is left behind it. */
    private static int valueEnd(byte[] bytes, int from, int last) {
        int at = ByteSearch.plainTextEnd(bytes, from, last);
        return at >= 0 && bytes[at] == '"' ? at : -1;
    }

    private int nameStart(int label) {
        return ends[2 * label] + 2;
    }

    /** Whether no name comes twice, or starts with what no bare name starts with or only reserved ones do. */
    private boolean differ(byte[] bytes, int from) {
        long seen = 0;
        for (int label = 0; label < labels; label++) {
            int start = nameStart(label);
            int size = ends[2 * label + 1] - start;
            byte first = bytes[from + start];
            if (first <= '9' || (first == '_' && bytes[from + start + 1] == '_') || size > LONGEST_NAME) {
                return false;
            }
            long bit = 1L << (first * 7 + size);
            if ((seen & bit) != 0 && isRepeated(bytes, from, label)) {
                return false;
            }
            seen |= bit;
        }
        return true;
    }

    private boolean isRepeated(byte[] bytes, int from, int label) {
        for (int other = 0; other < label; other++) {
            if (Arrays.equals(
                    bytes,
                    from + nameStart(other),
                    from + ends[2 * other + 1],
                    bytes,
                    from + nameStart(label),
                    from + ends[2 * label + 1])) {
                return true;
            }
        }
        return false;
    }

    /** Takes over what the line has in common with the one before: its start, its label names, perhaps its end. */
    private int scanLikePrevious(byte[] bytes, int from, int to) {
        int same = ByteSearch.commonLength(bytes, from, bytes, previousStart, Math.min(length, to - from));
        if (same < nameLength + 1 || labels == 0) {
            return lookAgain(bytes, from, to);
        }
        if (same == length) {
            return from + length;
        }
        int label = 0;
        while (ends[2 * label + 2] + 1 < same) {
            label++;
        }
        if (same < ends[2 * label + 1] + 2) {
            return lookAgain(bytes, from, to);
        }
        int oldEnd = ends[2 * label + 2];
        int at = valueEnd(bytes, from + Math.min(same, oldEnd), to - Swar.BYTES);
        if (at < 0) {
            return -1;
        }
        int rest = length - oldEnd;
        if (rest <= to - at && ByteSearch.equal(bytes, at, bytes, previousStart + oldEnd, rest)) {
            unlike = 0;
            shift(label, at - from - oldEnd);
            return at + rest;
        }
        ends[2 * label + 2] = at - from;
        return scanValues(bytes, from, to, label, oldEnd);
    }

    private void shift(int label, int by) {
        if (by != 0) {
            ends[2 * label + 2] += by;
            for (int i = 2 * label + 3; i < 2 * labels; i += 2) {
                ends[i] += by;
                ends[i + 1] += by;
            }
        }
    }

    /**
     * Reads the values of the labels behind one that differs, as long as their names are those of the line before.
     *
     * @param oldEnd where the value of that label ended in the line before
     */
    private int scanValues(byte[] bytes, int from, int to, int label, int oldEnd) {
        int last = to - Swar.BYTES;
        int at = from + ends[2 * label + 2];
        int old = previousStart + oldEnd;
        for (int i = 2 * label + 3; i < 2 * labels; i += 2) {
            int between =
                    previousStart + ends[i] + 2 - old; // the quote, the comma, the name, the equals sign, the quote
            if (between > last - at || !ByteSearch.equal(bytes, at, bytes, old, between)) {
                return lookAgain(bytes, from, to);
            }
            ends[i] = at + between - 2 - from;
            old = previousStart + ends[i + 1];
            at = valueEnd(bytes, at + between, last);
            if (at < 0) {
                return -1;
            }
            ends[i + 1] = at - from;
        }
        if (bytes[at + 1] != '}') {
            return lookAgain(bytes, from, to);
        }
        unlike = 0;
        return at + 2;
    }

    private int lookAgain(byte[] bytes, int from, int to) {
        if (++unlike > PATIENCE) {
            unlike = 0;
            pause = PAUSE;
        }
        return scanAnew(bytes, from, to);
    }
}
