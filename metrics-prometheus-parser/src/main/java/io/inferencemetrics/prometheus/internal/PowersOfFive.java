package io.inferencemetrics.prometheus.internal;

import java.math.BigInteger;

/**
 * The powers of five that a {@code double} can meet, each as the 128 bits after its leading one: cut for positive
 * exponents, rounded up for negative ones, as the proof of the Eisel-Lemire algorithm wants them.
 */
final class PowersOfFive {
    static final int MIN_EXPONENT = -342;
    static final int MAX_EXPONENT = 308;

    private static final int BITS = 128;
    /** From here down the reciprocal is computed with more bits than are kept. */
    private static final int LAST_EXACT_RECIPROCAL = -27;

    private static final long[] HIGH = new long[MAX_EXPONENT - MIN_EXPONENT + 1];
    private static final long[] LOW = new long[MAX_EXPONENT - MIN_EXPONENT + 1];

    static {
        BigInteger five = BigInteger.valueOf(5);
        for (int exponent = MIN_EXPONENT; exponent <= MAX_EXPONENT; exponent++) {
            BigInteger power = five.pow(Math.abs(exponent));
            BigInteger bits = leadingBits(exponent < 0 ? reciprocal(power, exponent) : power);
            HIGH[exponent - MIN_EXPONENT] = bits.shiftRight(64).longValue();
            LOW[exponent - MIN_EXPONENT] = bits.longValue();
        }
    }

    private PowersOfFive() {}

    static long high(int exponent) {
        return HIGH[exponent - MIN_EXPONENT];
    }

    static long low(int exponent) {
        return LOW[exponent - MIN_EXPONENT];
    }

    private static BigInteger reciprocal(BigInteger power, int exponent) {
        int powerBits = power.subtract(BigInteger.ONE).bitLength();
        int scale = exponent >= LAST_EXACT_RECIPROCAL ? powerBits + BITS - 1 : 2 * powerBits + BITS;
        return BigInteger.ONE.shiftLeft(scale).divide(power).add(BigInteger.ONE);
    }

    private static BigInteger leadingBits(BigInteger number) {
        int surplus = number.bitLength() - BITS;
        return surplus > 0 ? number.shiftRight(surplus) : number.shiftLeft(-surplus);
    }
}
