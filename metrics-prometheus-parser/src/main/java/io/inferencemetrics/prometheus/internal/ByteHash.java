package io.inferencemetrics.prometheus.internal;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes bytes, other in every run of the JVM: names and labels come from a network, and whoever writes them must not be
 * able to write thousands with one hash, which would make each look into a table a walk through it.
 *
 * <p>A word at a time, folding the 128 bits of a product, as Wang Yi's wyhash does.
 */
public final class ByteHash {
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    /** Bits of pi, as good as any. */
    private static final long SECRET = 0x243f6a8885a308d3L;

    private ByteHash() {}

    /** The hash of a range of bytes. */
    public static int of(byte[] bytes, int from, int length) {
        long hash = SEED ^ length;
        int at = 0;
        for (; at <= length - Swar.BYTES; at += Swar.BYTES) {
            hash = fold(hash ^ Swar.load(bytes, from + at));
        }
        long rest = 0;
        for (; at < length; at++) {
            rest = rest << Byte.SIZE | (bytes[from + at] & 0xff);
        }
        hash = fold(hash ^ rest);
        return (int) (hash ^ (hash >>> 32));
    }

    /** A product of zero would make the hash forget what came before; the seed keeps anyone from knowing when. */
    private static long fold(long word) {
        return Math.multiplyHigh(word, SECRET) ^ word * SECRET ^ SEED;
    }
}
