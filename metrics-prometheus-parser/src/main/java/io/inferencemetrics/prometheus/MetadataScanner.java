package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import io.inferencemetrics.prometheus.internal.Swar;

/**
 * Reads HELP and TYPE lines in the one shape that servers write: one space behind the keyword and the name, ASCII, no
 * escapes, and one of the four types that all formats have. It says no to everything else, bad or only unusual, which the
 * exact parser then reads.
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

    /** Where the name starts on the last line that it read. */
    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    /**
     * Reads a line.
     *
     * @param bytes the same as for the line before, unless that was forgotten
     * @param to where the bytes end; only whole words before it are looked at
     * @return the index of its newline, or -1 when it is of another shape
     */
    int scan(byte[] bytes, int from, int to) {
        int last = to - 2 * Swar.BYTES; // a type is looked at as one word and what stands behind it
        long prefix = from < last ? MetadataPrefix.of(bytes, from) : 0;
        int start = from + MetadataPrefix.LENGTH;
        return prefix == MetadataPrefix.HELP
                ? scanHelp(bytes, start, last)
                : prefix == MetadataPrefix.TYPE ? scanType(bytes, start, last) : -1;
    }

    private int scanHelp(byte[] bytes, int start, int last) {
        int end = ByteSearch.metricNameEnd(bytes, start, last);
        return isUsual(bytes, start, end, last) ? keepName(start, end, helpEnd(bytes, end + 1, last)) : -1;
    }

    private int scanType(byte[] bytes, int start, int last) {
        int end = hasNameOfBefore(bytes, start, last)
                ? start + nameEnd - nameStart
                : ByteSearch.metricNameEnd(bytes, start, last);
        return isUsual(bytes, start, end, last) ? keepName(start, end, typeEnd(bytes, end + 1)) : -1;
    }

    /** Whether the name of the line before stands there, and the space behind it. */
    private boolean hasNameOfBefore(byte[] bytes, int start, int last) {
        int length = nameEnd - nameStart;
        return length > 0 && length < last - start && ByteSearch.equal(bytes, start, bytes, nameStart, length + 1);
    }

    /** Whether a name begins as names do, and ends at a space. */
    private static boolean isUsual(byte[] bytes, int start, int end, int last) {
        return end > start && end < last && bytes[start] > '9' && bytes[end] == ' ';
    }

    private int keepName(int start, int end, int newline) {
        if (newline >= 0) {
            nameStart = start;
            nameEnd = end;
        }
        return newline;
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
