package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.Objects;

/** The labels that the exact parsers find, in slices that are reused; finds a repeated name in constant time. */
final class LabelList {
    private static final int INITIAL_CAPACITY = 32;
    /** Slots a label, so that the table stays half empty. */
    private static final int SPREAD = 2;

    private ByteSlice[] names = slices(INITIAL_CAPACITY);
    private ByteSlice[] values = slices(INITIAL_CAPACITY);
    private int count;

    /** A hash table of indexes into the names; a slot is in use only if its epoch is the current one. */
    private int[] slots = new int[SPREAD * INITIAL_CAPACITY];

    private long[] slotEpochs = new long[SPREAD * INITIAL_CAPACITY];
    private long epoch = 1;

    void clear() {
        count = 0;
        epoch++;
    }

    int count() {
        return count;
    }

    ByteSlice name(int index) {
        return names[Objects.checkIndex(index, count)];
    }

    ByteSlice value(int index) {
        return values[Objects.checkIndex(index, count)];
    }

    /** Where to put the name of a label that {@link #add()} then takes in. */
    ByteSlice nextName() {
        if (count == names.length) {
            grow();
        }
        return names[count];
    }

    /** Where to put the value of a label that {@link #add()} then takes in. */
    ByteSlice nextValue() {
        return values[count];
    }

    /** Adds the next name and value; a label of that name that is there gets the value instead, and false comes back. */
    boolean add() {
        int index = indexInTable(count);
        if (index == count) {
            count++;
            return true;
        }
        values[index].set(values[count]);
        return false;
    }

    /** The index of the label with that name; the given one, then entered, if there is none. */
    private int indexInTable(int index) {
        ByteSlice name = names[index];
        int mask = slots.length - 1;
        int hash = name.hashCode();
        int slot = (hash ^ (hash >>> 16)) & mask;
        while (slotEpochs[slot] == epoch) {
            if (names[slots[slot]].equals(name)) {
                return slots[slot];
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = index;
        slotEpochs[slot] = epoch;
        return index;
    }

    private void grow() {
        int capacity = 2 * names.length;
        names = grown(names, capacity);
        values = grown(values, capacity);
        slots = new int[SPREAD * capacity];
        slotEpochs = new long[SPREAD * capacity];
        for (int i = 0; i < count; i++) {
            indexInTable(i);
        }
    }

    private static ByteSlice[] grown(ByteSlice[] old, int capacity) {
        ByteSlice[] grown = Arrays.copyOf(old, capacity);
        for (int i = old.length; i < capacity; i++) {
            grown[i] = new ByteSlice();
        }
        return grown;
    }

    private static ByteSlice[] slices(int capacity) {
        return grown(new ByteSlice[0], capacity);
    }
}
