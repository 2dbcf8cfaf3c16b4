package io.inferencemetrics.prometheus.internal;

import java.util.Arrays;

/**
 * A natural number of any size, as far as rounding decimal numbers needs: reused for one after another, so that from the
 * first large one on it allocates nothing.
 */
final class BigNatural {
    private static final long WORD = 0xffffffffL;
    private static final int BILLION = 1_000_000_000;
    private static final int NINE = 9;
    private static final int MANY_BITS = 29;

    /** The lowest word first, each unsigned; those from {@link #size} on mean nothing. */
    private int[] words = new int[128];

    private int size;

    void set(long value) {
        size = 0;
        add(value & WORD);
        add(value >>> Integer.SIZE);
    }

    private void add(long word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = (int) word;
    }

    /** Makes this number {@code this * factor + summand}, both up to a billion. */
    void multiplyAndAdd(int factor, int summand) {
        long carry = summand;
        for (int i = 0; i < size; i++) {
            carry += (words[i] & WORD) * factor;
            words[i] = (int) carry;
            carry >>>= Integer.SIZE;
        }
        if (carry != 0) {
            add(carry);
        }
    }

    void multiplyByPowerOfTen(int exponent) {
        int left = exponent;
        for (; left >= NINE; left -= NINE) {
            multiplyAndAdd(BILLION, 0);
        }
        for (; left > 0; left--) {
            multiplyAndAdd(10, 0);
        }
    }

    void multiplyByPowerOfTwo(int exponent) {
        int left = exponent;
        for (; left > MANY_BITS; left -= MANY_BITS) {
            multiplyAndAdd(1 << MANY_BITS, 0);
        }
        multiplyAndAdd(1 << left, 0);
    }

    /** As {@link Integer#compare} does. */
    int compareTo(BigNatural other) {
        for (int i = Math.max(size, other.size) - 1; i >= 0; i--) {
            int compared = Integer.compareUnsigned(word(i), other.word(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private int word(int index) {
        return index < size ? words[index] : 0;
    }
}
