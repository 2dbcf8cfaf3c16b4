package io.inferencemetrics.prometheus.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Reads the values and timestamps of both formats from bytes. Each method says whether the range is such a number and
 * leaves the result in a field, so that none allocates; a value of more than 19 digits that they do not decide is the
 * one exception. Not thread-safe.
 */
public final class NumberParser {
    /** Up to here a {@code double} holds every integer. */
    private static final long MAX_EXACT_INTEGER = 1L << 53;

    private static final double[] EXACT_POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int MAX_EXACT_POWER = EXACT_POWERS_OF_TEN.length - 1;
    private static final int LONG_DIGITS = 19;

    private final Decimal decimal = new Decimal();
    private double value;
    private boolean overflow;
    private long millis;
    private boolean outOfRange;

    /** The last value. */
    public double value() {
        return value;
    }

    /** Whether the last value is infinite though written in digits. */
    public boolean overflow() {
        return overflow;
    }

    /** The last timestamp in milliseconds, the nearest {@code long} if it is out of range. */
    public long millis() {
        return millis;
    }

    /** Whether the last timestamp does not fit into {@link #millis()}. */
    public boolean outOfRange() {
        return outOfRange;
    }

    /** Reads a decimal number, an infinity or NaN; the latter may have a sign only where told so. */
    public boolean parseValue(byte[] bytes, int from, int to, boolean signedNan) {
        overflow = false;
        if (decimal.scan(bytes, from, to)) {
            double magnitude = magnitude(bytes, from, to);
            overflow = Double.isInfinite(magnitude);
            value = decimal.negative ? -magnitude : magnitude;
            return true;
        }
        return parseWord(bytes, from, to, signedNan);
    }

    private double magnitude(byte[] bytes, int from, int to) {
        long significand = decimal.significand;
        long exponent = decimal.exponent;
        if (!decimal.truncated && Long.compareUnsigned(significand, MAX_EXACT_INTEGER) <= 0) {
            // Clinger: both operands are exact, so one operation rounds once
            if (exponent >= 0 && exponent <= MAX_EXACT_POWER) {
                return significand * EXACT_POWERS_OF_TEN[(int) exponent];
            }
            if (exponent < 0 && exponent >= -MAX_EXACT_POWER) {
                return significand / EXACT_POWERS_OF_TEN[(int) -exponent];
            }
        }
        double nearest = EiselLemire.toDouble(significand, exponent);
        if (decimal.truncated && nearest != EiselLemire.toDouble(significand + 1, exponent)) {
            return exact(bytes, from, to);
        }
        return nearest;
    }

    private static double exact(byte[] bytes, int from, int to) {
        return Math.abs(Double.parseDouble(new String(bytes, from, to - from, ISO_8859_1)));
    }

    private boolean parseWord(byte[] bytes, int from, int to, boolean signedNan) {
        boolean signed = from < to && (bytes[from] == '-' || bytes[from] == '+');
        int start = signed ? from + 1 : from;
        if (isWord(bytes, start, to, "inf") || isWord(bytes, start, to, "infinity")) {
            value = bytes[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        value = Double.NaN;
        return isWord(bytes, start, to, "nan") && (!signed || signedNan);
    }

    private static boolean isWord(byte[] bytes, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((bytes[from + i] | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads an integer of milliseconds, with a minus sign or without; false also when it does not fit. */
    public boolean parseMillis(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        int start = negative ? from + 1 : from;
        outOfRange = false;
        long negated = 0;
        for (int i = start; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || negated < (Long.MIN_VALUE + digit) / 10) {
                return false;
            }
            negated = negated * 10 - digit;
        }
        millis = negative ? negated : -negated;
        return to > start && (negative || negated != Long.MIN_VALUE);
    }

    /** Reads a decimal number of seconds; what is smaller than a millisecond is cut off. */
    public boolean parseSeconds(byte[] bytes, int from, int to) {
        if (!decimal.scan(bytes, from, to)) {
            return false;
        }
        long magnitude = wholeMillis();
        outOfRange = magnitude < 0;
        if (outOfRange) {
            millis = decimal.negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        } else {
            millis = decimal.negative ? -magnitude : magnitude;
        }
        return true;
    }

    /** Negative when it does not fit. */
    private long wholeMillis() {
        long shift = decimal.exponent + 3;
        long result = decimal.significand;
        if (result == 0 || shift <= -LONG_DIGITS - 1) {
            return 0;
        }
        if (shift >= LONG_DIGITS) {
            return -1;
        }
        for (; shift < 0; shift++) {
            result = Long.divideUnsigned(result, 10);
        }
        for (; shift > 0 && result >= 0; shift--) {
            result = result > Long.MAX_VALUE / 10 ? -1 : result * 10;
        }
        return result;
    }
}
