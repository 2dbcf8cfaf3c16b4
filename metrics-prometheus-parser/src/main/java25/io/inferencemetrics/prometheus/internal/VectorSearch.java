package io.inferencemetrics.prometheus.internal;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Searches by vectors of 32 bytes, and by words what is left behind the last whole one.
 *
 * <p>No method takes a vector or returns one, so that none becomes an object where the compiler makes a call.
 */
final class VectorSearch {
    static final int BYTES = 32;

    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_256;

    private VectorSearch() {}

    /** Whether the processor has such vectors, and they find what is there. */
    static boolean works() {
        byte[] bytes = new byte[2 * BYTES];
        bytes[BYTES + 1] = '\n';
        return ByteVector.SPECIES_PREFERRED.length() >= BYTES && indexOfNewline(bytes, 1, bytes.length) == BYTES + 1;
    }

    static int indexOfNewline(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - BYTES; at += BYTES) {
            long found = newlines(bytes, at);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found);
            }
        }
        return ByteSearch.indexOfNewline(bytes, at, to);
    }

    private static long newlines(byte[] bytes, int index) {
        return ByteVector.fromArray(SPECIES, bytes, index).eq((byte) '\n').toLong();
    }
}
