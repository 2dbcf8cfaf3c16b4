package io.inferencemetrics.prometheus;

/** Which bytes unquoted names consist of. */
final class NameBytes {
    private static final int LETTER = 1;
    private static final int DIGIT = 2;
    private static final int COLON = 4;
    private static final byte[] CLASSES = new byte[256];

    static {
        for (int c = 'a'; c <= 'z'; c++) {
            CLASSES[c] = LETTER;
            CLASSES[c - 'a' + 'A'] = LETTER;
        }
        for (int c = '0'; c <= '9'; c++) {
            CLASSES[c] = DIGIT;
        }
        CLASSES['_'] = LETTER;
        CLASSES[':'] = COLON;
    }

    private NameBytes() {}

    /** Whether a metric name may start with a byte. */
    static boolean startsMetricName(byte c) {
        return (CLASSES[c & 0xff] & (LETTER | COLON)) != 0;
    }

    /** Whether a metric name ends in front of a byte, as servers write it. */
    static boolean endsName(byte c) {
        return c == '{' || c == ' ';
    }

    /** Where the metric name that starts at an index ends; the index itself if none starts there. */
    static int metricNameEnd(byte[] bytes, int from, int to) {
        return end(bytes, from, to, LETTER | COLON);
    }

    /** Where the label name that starts at an index ends; the index itself if none starts there. */
    static int labelNameEnd(byte[] bytes, int from, int to) {
        return end(bytes, from, to, LETTER);
    }

    private static int end(byte[] bytes, int from, int to, int startClasses) {
        int at = from;
        int classes = startClasses;
        while (at < to && (CLASSES[bytes[at] & 0xff] & classes) != 0) {
            classes = startClasses | DIGIT;
            at++;
        }
        return at;
    }
}
