package io.inferencemetrics.prometheus.internal;

/**
 * The {@code double} nearest to {@code significand * 10^exponent}, exactly, by one or two 64-bit multiplications.
 *
 * <p>See Daniel Lemire, "Number Parsing at a Gigabyte per Second" (2021), and Mushtak and Lemire, "Fast Number Parsing
 * Without Fallback" (2023), which proves that no case needs more bits than are used here.
 */
final class EiselLemire {
    private static final int MANTISSA_BITS = 52;
    private static final int MAX_BIASED_EXPONENT = 0x7ff;
    /** The product keeps 55 bits that are certain; these are the ones below them in its upper half. */
    private static final long UNCERTAIN_BITS = -1L >>> (MANTISSA_BITS + 3);
    /** Outside these exponents a product can never lie halfway between two doubles. */
    private static final int MIN_HALFWAY_EXPONENT = -4;

    private static final int MAX_HALFWAY_EXPONENT = 23;

    private EiselLemire() {}

    /** Never negative; infinite where the number is too large, 0 where it is too small. */
    static double toDouble(long significand, long exponent) {
        if (significand == 0 || exponent < PowersOfFive.MIN_EXPONENT) {
            return 0;
        }
        if (exponent > PowersOfFive.MAX_EXPONENT) {
            return Double.POSITIVE_INFINITY;
        }
        return multiply(significand, (int) exponent);
    }

    private static double multiply(long significand, int exponent) {
        int leadingZeros = Long.numberOfLeadingZeros(significand);
        long normalized = significand << leadingZeros;
        long powerHigh = PowersOfFive.high(exponent);
        long high = unsignedMultiplyHigh(normalized, powerHigh);
        long low = normalized * powerHigh;
        if ((high & UNCERTAIN_BITS) == UNCERTAIN_BITS) {
            long carry = unsignedMultiplyHigh(normalized, PowersOfFive.low(exponent));
            low += carry;
            high += Long.compareUnsigned(carry, low) > 0 ? 1 : 0;
        }
        int topBit = (int) (high >>> 63);
        int shift = topBit + Long.SIZE - MANTISSA_BITS - 3;
        long mantissa = high >>> shift;
        int biasedExponent = binaryExponent(exponent) + topBit - leadingZeros + Double.MAX_EXPONENT;
        if (biasedExponent <= 0) {
            return subnormal(mantissa, biasedExponent);
        }
        boolean halfway = Long.compareUnsigned(low, 1) <= 0
                && exponent >= MIN_HALFWAY_EXPONENT
                && exponent <= MAX_HALFWAY_EXPONENT
                && (mantissa & 3) == 1
                && mantissa << shift == high;
        return rounded(halfway ? mantissa & ~1L : mantissa, biasedExponent);
    }

    /** The mantissa has one bit more than fits, to round by. */
    private static double rounded(long mantissa, int biasedExponent) {
        long roundedMantissa = (mantissa + (mantissa & 1)) >>> 1;
        int roundedExponent = biasedExponent;
        if (roundedMantissa >= 2L << MANTISSA_BITS) {
            roundedMantissa >>>= 1;
            roundedExponent++;
        }
        if (roundedExponent >= MAX_BIASED_EXPONENT) {
            return Double.POSITIVE_INFINITY;
        }
        long fraction = roundedMantissa & ~(1L << MANTISSA_BITS);
        return Double.longBitsToDouble((long) roundedExponent << MANTISSA_BITS | fraction);
    }

    private static double subnormal(long mantissa, int biasedExponent) {
        int shift = 1 - biasedExponent;
        if (shift >= Long.SIZE) {
            return 0;
        }
        long shifted = mantissa >>> shift;
        // a carry into bit 52 gives the smallest normal number, whose bits follow on
        return Double.longBitsToDouble((shifted + (shifted & 1)) >>> 1);
    }

    /** The floor of {@code exponent * log2(10)}, plus 63. */
    private static int binaryExponent(int exponent) {
        return (((152_170 + 65_536) * exponent) >> 16) + 63;
    }

    /** {@code Math.unsignedMultiplyHigh} came with Java 18. */
    private static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
