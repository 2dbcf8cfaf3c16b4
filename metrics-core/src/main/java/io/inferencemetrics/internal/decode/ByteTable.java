package io.inferencemetrics.internal.decode;

import io.inferencemetrics.prometheus.ByteSlice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A hash table from runs of bytes to objects, so that a name is looked up without becoming a {@code String}.
 *
 * <p>Open addressing with linear probing; looking up allocates nothing. Not safe for use by several threads.
 */
final class ByteTable<V> {
    private byte[][] keys = new byte[64][];
    private int[] hashes = new int[64];
    private @Nullable Object[] values = new Object[64];
    private int size;

    @Nullable
    V get(ByteSlice key) {
        byte[] array = key.array();
        int from = key.offset();
        int to = from + key.length();
        int hash = key.hashCode();
        int mask = keys.length - 1;
        for (int i = hash & mask; keys[i] != null; i = (i + 1) & mask) {
            if (hashes[i] == hash && Arrays.equals(keys[i], 0, keys[i].length, array, from, to)) {
                return value(i);
            }
        }
        return null;
    }

    /** Adds a key that is not there yet; its bytes are copied. */
    void add(ByteSlice key, V value) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        byte[] copy = Arrays.copyOfRange(key.array(), key.offset(), key.offset() + key.length());
        insert(copy, key.hashCode(), value);
        size++;
    }

    int size() {
        return size;
    }

    private void insert(byte[] key, int hash, @Nullable Object value) {
        int mask = keys.length - 1;
        int i = hash & mask;
        while (keys[i] != null) {
            i = (i + 1) & mask;
        }
        keys[i] = key;
        hashes[i] = hash;
        values[i] = value;
    }

    private void grow() {
        byte[][] oldKeys = keys;
        int[] oldHashes = hashes;
        @Nullable Object[] oldValues = values;
        keys = new byte[2 * oldKeys.length][];
        hashes = new int[keys.length];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                insert(oldKeys[i], oldHashes[i], oldValues[i]);
            }
        }
    }

    @SuppressWarnings("unchecked") // only add() puts values in
    private @Nullable V value(int i) {
        return (V) values[i];
    }
}
