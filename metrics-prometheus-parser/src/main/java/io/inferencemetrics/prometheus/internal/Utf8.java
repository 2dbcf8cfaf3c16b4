package io.inferencemetrics.prometheus.internal;

/** Checks UTF-8 and repairs it as the Unicode standard recommends: one U+FFFD for each maximal malformed part. */
public final class Utf8 {
    /** U+FFFD in UTF-8. */
    private static final int[] REPLACEMENT = {0xef, 0xbf, 0xbd};

    /** How many bytes one invalid byte can become. */
    public static final int MAX_GROWTH = REPLACEMENT.length;

    private static final int CONTINUATION_MIN = 0x80;
    private static final int CONTINUATION_MAX = 0xbf;

    private Utf8() {}

    /** The index of the first byte that is not part of valid UTF-8, or -1. */
    public static int indexOfInvalid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            int length = sequenceLength(bytes, at, to);
            if (length < 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /**
     * Copies a range and puts U+FFFD in place of each part that is not UTF-8.
     *
     * @param target has room for {@link #MAX_GROWTH} times the range
     * @return the end of what was written
     */
    public static int replaceInvalid(byte[] bytes, int from, int to, byte[] target, int targetFrom) {
        int at = from;
        int end = targetFrom;
        while (at < to) {
            int length = sequenceLength(bytes, at, to);
            if (length > 0) {
                System.arraycopy(bytes, at, target, end, length);
                end += length;
            } else {
                for (int b : REPLACEMENT) {
                    target[end++] = (byte) b;
                }
            }
            at += Math.abs(length);
        }
        return end;
    }

    /** The length of the sequence at an index; negated, that of its part that looked right, if it is malformed. */
    private static int sequenceLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = announcedLength(first);
        for (int i = 1; i < length; i++) {
            int min = i == 1 ? secondMin(first) : CONTINUATION_MIN;
            int max = i == 1 ? secondMax(first) : CONTINUATION_MAX;
            int b = at + i < to ? bytes[at + i] & 0xff : -1;
            if (b < min || b > max) {
                return -i;
            }
        }
        return length == 0 ? -1 : length;
    }

    /** 0 for a byte that starts no sequence: a continuation, an overlong form, or beyond U+10FFFF. */
    private static int announcedLength(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    /** Excludes overlong forms. */
    private static int secondMin(int first) {
        return first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : CONTINUATION_MIN;
    }

    /** Excludes surrogates and what is beyond U+10FFFF. */
    private static int secondMax(int first) {
        return first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : CONTINUATION_MAX;
    }
}
