package io.inferencemetrics.prometheus.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at a time ("SIMD within a register"), each in its own lane of a {@code long}.
 *
 * <p>Each test gives a mask with the high bit of every lane that passes. A borrow or carry can spoil lanes above the first
 * that passes, never one below it, so that the lowest bit of a mask, or of several masks joined, is always right. See
 * Henry S. Warren, "Hacker's Delight", 6-1, and Leslie Lamport, "Multiple Byte Processing with Full-Word Instructions"
 * (1975).
 */
public final class Swar {
    /** How many bytes a word has. */
    public static final int BYTES = Long.BYTES;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = ~HIGH_BITS;
    private static final long CASE_BITS = ONES * 0x20;

    private Swar() {}

    /** The eight bytes at an index, the first in the lowest lane. */
    public static long load(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    /** Lanes that hold a character of ASCII. */
    static long equal(long word, char c) {
        long difference = word ^ ONES * c;
        return (difference - ONES) & ~difference & HIGH_BITS;
    }

    /**
     * Lanes that hold anything but the plain text of a label value: a quote, a backslash, a control character such as a
     * newline, or a part of a character outside ASCII.
     */
    public static long notPlainText(long word) {
        // one bit flipped moves the quote below the space, next to the control characters
        long aboveQuote = (word ^ ONES * ('"' ^ ' ')) + ONES * (0x80 - ' ' - 1);
        long noBackslash = (word ^ ONES * '\\') + LOW_BITS;
        return (~(aboveQuote & noBackslash) | word) & HIGH_BITS;
    }

    /** Lanes that hold nothing that a metric name is made of: letters, digits, underscores, colons. */
    public static long notInMetricName(long word) {
        return notInName(word, ':' + 1);
    }

    /** Lanes that hold nothing that a label name is made of: letters, digits, underscores. */
    public static long notInLabelName(long word) {
        return notInName(word, '9' + 1);
    }

    /** A sum with {@code 0x80 - c} has its high bit set from c on; two such bits differ between the ends of a range. */
    private static long notInName(long word, int afterDigits) {
        long low = word & LOW_BITS;
        long lowerCase = low | CASE_BITS;
        long letters = (lowerCase + ONES * (0x80 - 'a')) ^ (lowerCase + ONES * (0x80 - 'z' - 1));
        long digits = (low + ONES * (0x80 - '0')) ^ (low + ONES * (0x80 - afterDigits));
        long others = (low ^ ONES * '_') + LOW_BITS;
        return ((~(letters | digits) & others) | word) & HIGH_BITS;
    }

    /** Lanes that hold no digit: with the bits of a zero turned, a digit is its own value, and everything else is larger. */
    public static long notDigit(long word) {
        long values = word ^ ONES * '0';
        return ((values + ONES * (0x80 - 10)) | values) & HIGH_BITS;
    }

    /** The lane of the first that passed; 8 for none. */
    public static int first(long mask) {
        return Long.numberOfTrailingZeros(mask) >>> 3;
    }

    /**
     * The number written by the digits in the lowest lanes.
     *
     * @param count of digits, 1 to 8
     */
    public static long digits(long word, int count) {
        // the last digit goes to the highest lane; lanes below the first digit become leading zeros
        long value = (word & ONES * 0x0f) << (Long.SIZE - 8 * count);
        value = (value * 10 + (value >>> 8)) & 0x00ff00ff00ff00ffL;
        value = (value * 100 + (value >>> 16)) & 0x0000ffff0000ffffL;
        return (value * 10_000 + (value >>> 32)) & 0xffffffffL;
    }
}
