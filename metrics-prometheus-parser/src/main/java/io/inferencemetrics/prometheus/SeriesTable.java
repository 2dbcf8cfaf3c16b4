package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.Swar;
import java.util.Arrays;

/**
 * Numbers series in the order in which they are first seen, by the bytes of name and labels as they stand on a line.
 *
 * <p>Open addressing with linear probing over keys that lie one behind the other; looking up allocates nothing.
 */
final class SeriesTable {
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    /** One more than the ordinal; 0 for a free slot. */
    private int[] slots = new int[256];

    private byte[] keys = new byte[16 << 10];
    private int[] keyEnds = new int[128];
    private int[] hashes = new int[128];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /** The ordinal of a series, a new one if it has none yet. */
    int ordinal(byte[] bytes, int from, int length) {
        int hash = hash(bytes, from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int ordinal = slots[slot] - 1;
            if (hashes[ordinal] == hash && isKey(ordinal, bytes, from, length)) {
                return ordinal;
            }
            slot = (slot + 1) & mask;
        }
        return add(slot, hash, bytes, from, length);
    }

    private boolean isKey(int ordinal, byte[] bytes, int from, int length) {
        int start = keyStart(ordinal);
        return keyEnds[ordinal] - start == length && Swar.equal(keys, start, bytes, from, length);
    }

    private int keyStart(int ordinal) {
        return ordinal == 0 ? 0 : keyEnds[ordinal - 1];
    }

    private int add(int slot, int hash, byte[] bytes, int from, int length) {
        int ordinal = size++;
        if (ordinal == keyEnds.length) {
            keyEnds = Arrays.copyOf(keyEnds, 2 * ordinal);
            hashes = Arrays.copyOf(hashes, 2 * ordinal);
        }
        int start = keyStart(ordinal);
        if (start + length > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(2 * keys.length, start + length));
        }
        System.arraycopy(bytes, from, keys, start, length);
        keyEnds[ordinal] = start + length;
        hashes[ordinal] = hash;
        slots[slot] = ordinal + 1;
        if (2 * size > slots.length) {
            rehash();
        }
        return ordinal;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int ordinal = 0; ordinal < size; ordinal++) {
            int slot = hashes[ordinal] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = ordinal + 1;
        }
    }

    private static int hash(byte[] bytes, int from, int length) {
        long hash = length;
        int at = 0;
        for (; at <= length - Swar.BYTES; at += Swar.BYTES) {
            hash = (hash ^ Swar.load(bytes, from + at)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        for (; at < length; at++) {
            hash = (hash ^ bytes[from + at]) * MULTIPLIER;
        }
        return (int) (hash ^ (hash >>> 32));
    }
}
