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
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };
    /** What Python puts behind a whole number, and the end of the line. */
    private static final long POINT_ZERO = '.' | '0' << 8 | '\n' << 16;

    private static final long POINT_ZERO_MASK = 0xffffff;
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

    /**
     * Reads digits, perhaps with a sign before and a point among them, eight at a time: most values are such.
     *
     * @param to where the bytes end; only whole words before it are looked at
     * @return where the number ends, or -1 for any other or a longer number
     */
    public int scanPlainValue(byte[] bytes, int from, int to) {
        int last = to - Swar.BYTES;
        if (from >= last) {
            return -1;
        }
        boolean negative = bytes[from] == '-';
        int at = negative ? from + 1 : from;
        long word = Swar.load(bytes, at);
        int count = Swar.first(Swar.notDigit(word));
        if (count == 0) {
            return -1;
        }
        long significand = Swar.digits(word, count);
        at += count;
        if (count == Swar.BYTES) {
            if (at > last) {
                return -1;
            }
            word = Swar.load(bytes, at);
            int more = Swar.first(Swar.notDigit(word));
            if (more == Swar.BYTES) {
                return -1;
            }
            significand = more == 0 ? significand : significand * POWERS_OF_TEN[more] + Swar.digits(word, more);
            at += more;
            count += more;
        }
        double magnitude = significand;
        if (at <= last && (Swar.load(bytes, at) & POINT_ZERO_MASK) == POINT_ZERO) {
            at += 2;
        } else if (bytes[at] == '.') {
            int start = at + 1;
            at = start;
            int more;
            do {
                if (at > last) {
                    return -1;
                }
                word = Swar.load(bytes, at);
                more = Swar.first(Swar.notDigit(word));
                count += more;
                if (count > LONG_DIGITS) {
                    return -1;
                }
                significand = more == 0 ? significand : significand * POWERS_OF_TEN[more] + Swar.digits(word, more);
                at += more;
            } while (more == Swar.BYTES);
            int places = at - start;
            if (places == 0) {
                return -1;
            }
            magnitude = Long.compareUnsigned(significand, MAX_EXACT_INTEGER) <= 0
                    ? significand / EXACT_POWERS_OF_TEN[places]
                    : EiselLemire.toDouble(significand, -places);
        }
        overflow = false;
        value = negative ? -magnitude : magnitude;
        return at;
    }

    /**
     * Reads an integer of milliseconds of up to 15 digits without a sign.
     *
     * @param to where the bytes end; only whole words before it are looked at
     * @return where the number ends, or -1 for any other or a longer number
     */
    public int scanPlainMillis(byte[] bytes, int from, int to) {
        if (from > to - 2 * Swar.BYTES) {
            return -1;
        }
        long word = Swar.load(bytes, from);
        int count = Swar.first(Swar.notDigit(word));
        if (count == 0) {
            return -1;
        }
        long result = Swar.digits(word, count);
        int at = from + count;
        if (count == Swar.BYTES) {
            word = Swar.load(bytes, at);
            count = Swar.first(Swar.notDigit(word));
            if (count == Swar.BYTES) {
                return -1;
            }
            result = count == 0 ? result : result * POWERS_OF_TEN[count] + Swar.digits(word, count);
            at += count;
        }
        millis = result;
        outOfRange = false;
        return at;
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
