package io.inferencemetrics.prometheus.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Searches ranges of bytes by vectors of 32, and by words what is left behind the last whole one.
 *
 * <p>The first vector of a search that mostly ends there stands in front of the loop: what the compiler does to make a loop
 * fast takes longer than one round of it. No method takes a vector or returns one, so that none becomes an object where the
 * compiler makes a call.
 */
final class VectorSearch {
    static final int BYTES = 32;

    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_256;

    private VectorSearch() {}

    /** Whether the processor has such vectors, and all searches find by them what they find by words. */
    static boolean works() {
        byte[] bytes = "0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ\"\n0123456".getBytes(US_ASCII);
        int newline = bytes.length - Swar.BYTES;
        byte[] other = bytes.clone();
        other[newline] = 0;
        return ByteVector.SPECIES_PREFERRED.length() >= BYTES
                && indexOfNewline(bytes, 0, bytes.length) == newline
                && plainTextEnd(bytes, 0, newline) == newline - 1
                && commonLength(bytes, 0, other, 0, bytes.length) == newline
                && !equal(bytes, newline - BYTES + 1, other, newline - BYTES + 1, BYTES)
                && equal(bytes, newline - BYTES, other, newline - BYTES, BYTES);
    }

    static int indexOfNewline(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - BYTES; at += BYTES) {
            long found = newlines(bytes, at);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found);
            }
        }
        return SwarSearch.indexOfNewline(bytes, at, to);
    }

    static int plainTextEnd(byte[] bytes, int from, int last) {
        if (from > lastWhole(last)) {
            return SwarSearch.plainTextEnd(bytes, from, last);
        }
        long other = notPlainText(bytes, from);
        return other != 0 ? from + Long.numberOfTrailingZeros(other) : longPlainTextEnd(bytes, from + BYTES, last);
    }

    private static int longPlainTextEnd(byte[] bytes, int from, int last) {
        int at = from;
        for (; at <= lastWhole(last); at += BYTES) {
            long other = notPlainText(bytes, at);
            if (other != 0) {
                return at + Long.numberOfTrailingZeros(other);
            }
        }
        return SwarSearch.plainTextEnd(bytes, at, last);
    }

    /** A vector there ends where the last word before the other index does. */
    private static int lastWhole(int last) {
        return last - 1 - (BYTES - Swar.BYTES);
    }

    private static long newlines(byte[] bytes, int index) {
        return ByteVector.fromArray(SPECIES, bytes, index).eq((byte) '\n').toLong();
    }

    /** Bytes outside ASCII are below zero, and so below the space. */
    private static long notPlainText(byte[] bytes, int index) {
        ByteVector text = ByteVector.fromArray(SPECIES, bytes, index);
        return text.lt((byte) ' ').or(text.eq((byte) '"')).or(text.eq((byte) '\\')).toLong();
    }

    static int commonLength(byte[] a, int from, byte[] b, int otherFrom, int length) {
        int at = 0;
        for (; at <= length - BYTES; at += BYTES) {
            long different = different(a, from + at, b, otherFrom + at);
            if (different != 0) {
                return at + Long.numberOfTrailingZeros(different);
            }
        }
        return at + SwarSearch.commonLength(a, from + at, b, otherFrom + at, length - at);
    }

    static boolean equal(byte[] a, int from, byte[] b, int otherFrom, int length) {
        if (length <= BYTES && from <= a.length - BYTES && otherFrom <= b.length - BYTES) {
            return (different(a, from, b, otherFrom) & ((1L << length) - 1)) == 0;
        }
        return SwarSearch.equal(a, from, b, otherFrom, length);
    }

    private static long different(byte[] a, int from, byte[] b, int otherFrom) {
        ByteVector vector = ByteVector.fromArray(SPECIES, a, from);
        ByteVector other = ByteVector.fromArray(SPECIES, b, otherFrom);
        return vector.compare(VectorOperators.NE, other).toLong();
    }
}
