package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.inferencemetrics.prometheus.internal.Swar;

/** How lines of metadata begin where they begin as usual, as a word that can be compared at once. */
final class MetadataPrefix {
    static final int LENGTH = 7;
    static final long HELP = word("# HELP ");
    static final long TYPE = word("# TYPE ");
    static final long UNIT = word("# UNIT ");
    private static final long MASK = -1L >>> Byte.SIZE;

    private MetadataPrefix() {}

    private static long word(String prefix) {
        return Swar.load((prefix + '\0').getBytes(US_ASCII), 0);
    }

    /** The beginning of a line of at least a word. */
    static long of(byte[] bytes, int at) {
        return Swar.load(bytes, at) & MASK;
    }
}
