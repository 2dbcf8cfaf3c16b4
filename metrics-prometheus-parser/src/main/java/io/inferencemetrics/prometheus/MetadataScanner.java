package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import io.inferencemetrics.prometheus.internal.Swar;

/**
 * Reads HELP and TYPE lines in the one shape that servers write: single spaces, no escapes, ASCII only. It says no to
 * everything else, bad or only unusual, which the exact parser then reads.
 *
 * <p>It keeps where the name stands, since a TYPE line mostly has the name of the HELP line before.
 */
final class MetadataScanner {
    private static final String GAUGE = "gauge\n";
    private static final String HISTOGRAM = "histogram\n";
    private static final long COUNTER_LINE = word("counter\n");
    private static final long SUMMARY_LINE = word("summary\n");
    private static final long GAUGE_LINE = word(GAUGE + "\0\0");
    private static final long GAUGE_MASK = -1L >>> Byte.SIZE * (Swar.BYTES - GAUGE.length());
    private static final long HISTOGRAM_START = word(HISTOGRAM);

    private int nameStart = -1;
    private int nameEnd = -1;

    private static long word(String text) {
        return Swar.load(text.getBytes(US_ASCII), 0);
    }

    /** Forgets the line before: other bytes follow. */
    void start() {
        nameStart = -1;
        nameEnd = -1;
    }

    /** Whether the last line that it read is the one that starts there. */
    boolean hasScanned(int lineStart) {
        return nameStart == lineStart + MetadataPrefix.LENGTH;
    }

    /** Where the name starts; like its end, that of the last line that it read. */
    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    /** What a line is that was read. */
    static Event event(byte[] bytes, int lineStart) {
        return MetadataPrefix.of(bytes, lineStart) == MetadataPrefix.HELP ? Event.HELP : Event.TYPE;
    }

    /**
     * Reads a line.
     *
     * @param bytes the same as for the line before, unless that was forgotten
     * @param to where the bytes end; only whole words before it are looked at
     * @return the index of its newline, or -1 when it is of another shape
     */
    int scan(byte[] bytes, int from, int to) {
        int last = to - 2 * Swar.BYTES; // a type is read as one word and what stands behind it
        long prefix = from < last ? MetadataPrefix.of(bytes, from) : 0;
        boolean help = prefix == MetadataPrefix.HELP;
        if (!help && prefix != MetadataPrefix.TYPE) {
            return -1;
        }
        int start = from + MetadataPrefix.LENGTH;
        int end = !help && hasNameOfBefore(bytes, start, last)
                ? start + nameEnd - nameStart
                : metricNameEnd(bytes, start, last);
        if (end <= start || end >= last || bytes[start] <= '9' || bytes[end] != ' ') {
            return -1;
        }
        int newline = help ? helpEnd(bytes, end + 1, last) : typeEnd(bytes, end + 1);
        if (newline >= 0) {
            nameStart = start;
            nameEnd = end;
        }
        return newline;
    }

    private boolean hasNameOfBefore(byte[] bytes, int start, int last) {
        int length = nameEnd - nameStart;
        return length > 0 && length < last - start && ByteSearch.equal(bytes, start, bytes, nameStart, length + 1);
    }

    private static int metricNameEnd(byte[] bytes, int from, int last) {
        for (int at = from; at < last; at += Swar.BYTES) {
            long other = Swar.notInMetricName(Swar.load(bytes, at));
            if (other != 0) {
                return at + Swar.first(other);
            }
        }
        return -1;
    }

    private static int helpEnd(byte[] bytes, int from, int last) {
        int end = ByteSearch.plainHelpEnd(bytes, from, last);
        return end >= 0 && bytes[end] == '\n' && bytes[end - 1] != '\r' ? end : -1;
    }

    private static int typeEnd(byte[] bytes, int from) {
        long word = Swar.load(bytes, from);
        if (word == COUNTER_LINE || word == SUMMARY_LINE) {
            return from + Swar.BYTES - 1;
        }
        if ((word & GAUGE_MASK) == GAUGE_LINE) {
            return from + GAUGE.length() - 1;
        }
        boolean histogram = word == HISTOGRAM_START && bytes[from + Swar.BYTES] == 'm';
        int end = from + HISTOGRAM.length() - 1;
        return histogram && bytes[end] == '\n' ? end : -1;
    }
}
