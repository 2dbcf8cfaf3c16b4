package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.LimitExceededException.Limit;

/**
 * One line, without its newline, and how far it has been read. The line parsers share it; what goes wrong is noted here
 * and not thrown, so that a lenient parser skips a bad line without allocating.
 */
final class Line {
    private static final int EXCERPT_BYTES = 24;
    private static final byte[] NOTHING = {};

    byte[] bytes = NOTHING;
    int start;
    int end;
    /** The next byte to read. */
    int at;
    /** Counted from 1. */
    long number;

    private String reason = "";
    private int failedAt;

    void set(byte[] newBytes, int from, int to) {
        bytes = newBytes;
        start = from;
        at = from;
        end = to;
    }

    boolean atEnd() {
        return at >= end;
    }

    boolean isAt(char c) {
        return at < end && bytes[at] == c;
    }

    boolean take(char c) {
        boolean there = isAt(c);
        if (there) {
            at++;
        }
        return there;
    }

    boolean isAtBlank() {
        return isAt(' ') || isAt('\t');
    }

    void skipBlanks() {
        while (isAtBlank()) {
            at++;
        }
    }

    int indexOfBlank() {
        int i = at;
        while (i < end && bytes[i] != ' ' && bytes[i] != '\t') {
            i++;
        }
        return i;
    }

    boolean startsWith(String ascii) {
        if (end - at < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where a slice of this line starts; the start of the line for text that had escapes, which lies elsewhere. */
    @SuppressWarnings("ReferenceEquality")
    int indexOf(ByteSlice slice) {
        return slice.array() == bytes ? slice.offset() : start;
    }

    /** Notes what was expected at the next byte; always false. */
    boolean fail(String newReason) {
        return fail(newReason, at);
    }

    boolean fail(String newReason, int index) {
        reason = newReason;
        failedAt = Math.min(index, end);
        return false;
    }

    String reason() {
        return reason;
    }

    int failedAt() {
        return failedAt;
    }

    int column() {
        return failedAt - start + 1;
    }

    ExpositionException failure() {
        return new ExpositionException(number, column(), describe(reason, bytes, failedAt, end));
    }

    LimitExceededException limitExceeded(Limit limit, long allowed) {
        return new LimitExceededException(number, at - start + 1, limit, allowed);
    }

    /** A reason with what was found instead. */
    static String describe(String reason, byte[] bytes, int from, int to) {
        if (from == to) {
            return reason + ", found the end of the line";
        }
        return reason + ", found \"" + start(bytes, from, to) + '"';
    }

    /** The text, or how it starts if it is long. */
    static String start(byte[] bytes, int from, int to) {
        boolean cut = to - from > EXCERPT_BYTES;
        return excerpt(bytes, from, cut ? from + EXCERPT_BYTES : to) + (cut ? "..." : "");
    }

    /** Printable ASCII as it is, everything else as {@code \xhh}, since it goes into messages and logs. */
    static String excerpt(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            if (bytes[i] >= ' ' && bytes[i] < 0x7f) {
                text.append((char) bytes[i]);
            } else {
                text.append(String.format("\\x%02x", bytes[i]));
            }
        }
        return text.toString();
    }
}
