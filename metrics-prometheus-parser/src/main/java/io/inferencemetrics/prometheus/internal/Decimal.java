package io.inferencemetrics.prometheus.internal;

/**
 * A decimal number taken apart: {@code significand * 10^exponent}, with at most 19 digits in the significand.
 *
 * <p>Reused for one number after another, so that reading one allocates nothing. Knows decimal digits, one point and an
 * exponent; no hexadecimal, no underscores, no type suffixes as {@link Double#parseDouble} has them.
 */
final class Decimal {
    private static final int MAX_DIGITS = 19;
    /** Beyond this an exponent means zero or infinity even for the longest line. */
    private static final long HUGE_EXPONENT = 1_000_000_000_000L;

    boolean negative;
    /** Unsigned. */
    long significand;

    long exponent;
    /** The part of the exponent that is written behind an {@code e}. */
    long writtenExponent;
    /** Whether digits other than zero were left out of the significand. */
    boolean truncated;

    private int significantDigits;
    private int at;

    /** Takes a whole range apart; false when it is not a decimal number. */
    boolean scan(byte[] bytes, int from, int to) {
        significand = 0;
        exponent = 0;
        writtenExponent = 0;
        truncated = false;
        significantDigits = 0;
        at = from;
        scanSign(bytes, to);
        int digits = scanDigits(bytes, to, 0);
        if (at < to && bytes[at] == '.') {
            at++;
            digits += scanDigits(bytes, to, 1);
        }
        return digits > 0 && scanExponent(bytes, to) && at == to;
    }

    private void scanSign(byte[] bytes, int to) {
        negative = at < to && bytes[at] == '-';
        if (negative || (at < to && bytes[at] == '+')) {
            at++;
        }
    }

    /** One loop for both sides of the point, since every byte of every value passes through it. */
    private int scanDigits(byte[] bytes, int to, int placesPerDigit) {
        int start = at;
        while (at < to) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            at++;
            if (significantDigits < MAX_DIGITS) {
                significand = significand * 10 + digit;
                exponent -= placesPerDigit;
                if (significand != 0) {
                    significantDigits++;
                }
            } else {
                truncated |= digit != 0;
                exponent += 1 - placesPerDigit;
            }
        }
        return at - start;
    }

    private boolean scanExponent(byte[] bytes, int to) {
        if (at == to || (bytes[at] | 0x20) != 'e') {
            return true;
        }
        at++;
        boolean negativeExponent = at < to && bytes[at] == '-';
        if (negativeExponent || (at < to && bytes[at] == '+')) {
            at++;
        }
        int start = at;
        long written = 0;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            written = Math.min(HUGE_EXPONENT, written * 10 + (bytes[at] - '0'));
            at++;
        }
        writtenExponent = negativeExponent ? -written : written;
        exponent += writtenExponent;
        return at > start;
    }
}
