package io.inferencemetrics.prometheus.internal;

/**
 * Decides between two neighbouring {@code double}s by comparing a decimal number of many digits with what lies halfway
 * between them, exactly, in whole numbers.
 *
 * <p>What lies halfway has at most 767 digits, so no more than {@link #MOST_DIGITS} have to be looked at; of all others
 * it matters only whether one is not zero. See David Gay, "Correctly Rounded Binary-Decimal and Decimal-Binary
 * Conversions" (1990), whose {@code bigcomp} this is.
 */
final class Halfway {
    private static final int MOST_DIGITS = 800;
    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    /** Of the last bit of the smallest numbers. */
    private static final int MIN_EXPONENT = -1074;

    private final BigNatural decimal = new BigNatural();
    private final BigNatural halfway = new BigNatural();

    /** Whether digits were left out that are not all zero. */
    private boolean more;
    /** How many digits were left out, or stand behind the point if negative. */
    private int scale;

    /**
     * The one of two neighbours that is nearer to a number between them; the even one if both are.
     *
     * @param writtenExponent the power of ten that is written behind the digits
     */
    double nearer(byte[] bytes, int from, int to, long writtenExponent, double below, double above) {
        gather(bytes, from, to);
        long bits = Double.doubleToRawLongBits(below);
        int biased = (int) (bits >>> MANTISSA_BITS);
        long mantissa = biased == 0 ? bits & MANTISSA : bits & MANTISSA | MANTISSA + 1;
        // one bit more than a double has, for the half
        int exponent = MIN_EXPONENT + Math.max(biased, 1) - 2;
        halfway.set(2 * mantissa + 1);
        scaleTwo(exponent);
        scaleTen((int) (scale + writtenExponent));
        int compared = decimal.compareTo(halfway);
        boolean up = compared > 0 || (compared == 0 && (more || (bits & 1) != 0));
        return up ? above : below;
    }

    private void scaleTwo(int exponent) {
        if (exponent >= 0) {
            halfway.multiplyByPowerOfTwo(exponent);
        } else {
            decimal.multiplyByPowerOfTwo(-exponent);
        }
    }

    private void scaleTen(int exponent) {
        if (exponent >= 0) {
            decimal.multiplyByPowerOfTen(exponent);
        } else {
            halfway.multiplyByPowerOfTen(-exponent);
        }
    }

    /** Takes the digits, up to an exponent, as one whole number. */
    private void gather(byte[] bytes, int from, int to) {
        decimal.set(0);
        more = false;
        scale = 0;
        int places = 0;
        int digits = 0;
        for (int at = from; at < to && (bytes[at] | 0x20) != 'e'; at++) {
            int digit = bytes[at] - '0';
            if (bytes[at] == '.') {
                places = 1;
            } else if (digit >= 0 && digits < MOST_DIGITS) {
                decimal.multiplyAndAdd(10, digit);
                digits += digits > 0 || digit > 0 ? 1 : 0;
                scale -= places;
            } else if (digit >= 0) {
                more |= digit != 0;
                scale += 1 - places;
            }
        }
    }
}
