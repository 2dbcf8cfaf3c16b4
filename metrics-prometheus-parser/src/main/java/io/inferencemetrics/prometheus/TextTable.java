package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteHash;
import io.inferencemetrics.prometheus.internal.ByteSearch;
import java.util.Arrays;

/**
 * Numbers texts in the order in which they are first seen.
 *
 * <p>Open addressing with linear probing over keys that lie one behind the other; looking up allocates nothing.
 */
final class TextTable {
    /** One more than the number; 0 for a free slot. */
    private int[] slots = new int[16];

    private byte[] keys = new byte[256];
    private int[] keyEnds = new int[8];
    private int[] hashes = new int[8];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /** How many bytes the texts have together. */
    long keyBytes() {
        return size == 0 ? 0 : keyEnds[size - 1];
    }

    /** The number of a text, the next one if it has none yet. */
    int number(byte[] bytes, int from, int length) {
        int hash = ByteHash.of(bytes, from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && isKey(number, bytes, from, length)) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        return add(slot, hash, bytes, from, length);
    }

    /** Whether a text has a number. */
    boolean contains(byte[] bytes, int from, int length) {
        return find(bytes, from, length) >= 0;
    }

    /** The number of a text, or -1 if it has none. */
    int find(byte[] bytes, int from, int length) {
        int hash = ByteHash.of(bytes, from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && isKey(number, bytes, from, length)) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    private boolean isKey(int number, byte[] bytes, int from, int length) {
        int start = keyStart(number);
        return keyEnds[number] - start == length && ByteSearch.equal(keys, start, bytes, from, length);
    }

    private int keyStart(int number) {
        return number == 0 ? 0 : keyEnds[number - 1];
    }

    private int add(int slot, int hash, byte[] bytes, int from, int length) {
        int number = size++;
        if (number == keyEnds.length) {
            keyEnds = Arrays.copyOf(keyEnds, 2 * number);
            hashes = Arrays.copyOf(hashes, 2 * number);
        }
        int start = keyStart(number);
        if (start + length > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(2 * keys.length, start + length));
        }
        System.arraycopy(bytes, from, keys, start, length);
        keyEnds[number] = start + length;
        hashes[number] = hash;
        slots[slot] = number + 1;
        if (2 * size > slots.length) {
            rehash();
        }
        return number;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hashes[number] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number + 1;
        }
    }
}
