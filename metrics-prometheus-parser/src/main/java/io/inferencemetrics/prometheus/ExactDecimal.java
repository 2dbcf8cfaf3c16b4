package io.inferencemetrics.prometheus;

import java.util.Arrays;

/**
 * A decimal number of any length, kept to be compared with another: two timestamps a fraction of a nanosecond apart are
 * the same as a {@code double} or in milliseconds.
 */
final class ExactDecimal {
    /** Beyond this no digits of a line outweigh an exponent. */
    private static final long HUGE_EXPONENT = 1_000_000_000_000L;

    /** The digits from the first to the last that is not zero. */
    private byte[] digits = new byte[32];

    private int length;
    private boolean negative;

    /** Where the point stands, counted from the first digit. */
    private long point;

    /** Takes over a number that the grammar has accepted. */
    void set(ByteSlice number) {
        length = 0;
        point = 0;
        if (digits.length < number.length()) {
            digits = new byte[2 * number.length()];
        }
        int end = exponentStart(number);
        negative = number.length() > 0 && number.byteAt(0) == '-';
        readDigits(number, end);
        point += exponent(number, end);
        while (length > 0 && digits[length - 1] == '0') {
            length--;
        }
    }

    private static int exponentStart(ByteSlice number) {
        int at = 0;
        while (at < number.length() && (number.byteAt(at) | 0x20) != 'e') {
            at++;
        }
        return at;
    }

    private void readDigits(ByteSlice number, int end) {
        boolean behindPoint = false;
        for (int i = 0; i < end; i++) {
            byte b = number.byteAt(i);
            if (b == '.') {
                behindPoint = true;
            } else if (b >= '0' && b <= '9') {
                boolean significant = length > 0 || b != '0';
                if (significant) {
                    digits[length++] = b;
                }
                if (significant != behindPoint) {
                    point += behindPoint ? -1 : 1;
                }
            }
        }
    }

    private static long exponent(ByteSlice number, int start) {
        long written = 0;
        boolean negative = false;
        for (int i = start + 1; i < number.length(); i++) {
            byte b = number.byteAt(i);
            negative |= b == '-';
            if (b >= '0' && b <= '9') {
                written = Math.min(HUGE_EXPONENT, written * 10 + (b - '0'));
            }
        }
        return negative ? -written : written;
    }

    int compareTo(ExactDecimal other) {
        int sign = sign();
        if (sign != other.sign() || sign == 0) {
            return Integer.compare(sign, other.sign());
        }
        int magnitude = point == other.point
                ? Arrays.compare(digits, 0, length, other.digits, 0, other.length)
                : Long.compare(point, other.point);
        return sign * magnitude;
    }

    /** Adds the number, however it was written, to a key. */
    void addTo(LabelSetKey key) {
        key.addNumber(sign()).addNumber(sign() == 0 ? 0 : point).add(digits, 0, length);
    }

    private int sign() {
        if (length == 0) {
            return 0;
        }
        return negative ? -1 : 1;
    }
}
