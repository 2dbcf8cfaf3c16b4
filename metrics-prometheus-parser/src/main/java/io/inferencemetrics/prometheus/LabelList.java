package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one sample or exemplar, in slices that are reused; finds a repeated name in constant time.
 *
 * <p>Of a line in the usual shape only the positions are known, and a slice is set when somebody asks for it.
 */
final class LabelList {
    private static final int INITIAL_CAPACITY = SeriesScanner.MAX_LABELS;
    /** Slots a label, so that the table stays half empty. */
    private static final int SPREAD = 2;

    private ByteSlice[] names = slices(INITIAL_CAPACITY);
    private ByteSlice[] values = slices(INITIAL_CAPACITY);
    private int count;
    /** Null when the slices are set already. */
    private int @Nullable [] positions;

    private int positionsFrom;
    private byte[] usualBytes = {};
    private int usualStart;

    /** A hash table of indexes into the names; a slot is in use only if its epoch is the current one. */
    private int[] slots = new int[SPREAD * INITIAL_CAPACITY];

    private long[] slotEpochs = new long[SPREAD * INITIAL_CAPACITY];
    private long epoch = 1;

    void clear() {
        count = 0;
        epoch++;
        positions = null;
    }

    /**
     * Labels of which the positions are known: where a label's name ends, then where its value ends, counted from the
     * start of the line; before them an entry that is two less than where the first name starts.
     */
    @SuppressWarnings("ReferenceEquality") // a reference that is there already is not written again, see ByteSlice
    void setUsual(byte[] bytes, int from, int labels, int[] newPositions, int newPositionsFrom) {
        count = labels;
        usualStart = from;
        positionsFrom = newPositionsFrom;
        if (positions != newPositions || usualBytes != bytes) {
            positions = newPositions;
            usualBytes = bytes;
        }
    }

    /** The name of the metric before the labels, of which the positions are known. */
    ByteSlice usualName(ByteSlice slice) {
        return slice.set(usualBytes, usualStart, usualStart + positions()[positionsFrom] + 1);
    }

    /** The name of the metric and the labels as they stand on the line. */
    ByteSlice usualSeries(ByteSlice slice, int length) {
        return slice.set(usualBytes, usualStart, usualStart + length);
    }

    int[] positions() {
        return Objects.requireNonNull(positions);
    }

    int count() {
        return count;
    }

    ByteSlice name(int index) {
        ByteSlice name = names[Objects.checkIndex(index, count)];
        if (positions != null) {
            int i = positionsFrom + 2 * index;
            name.set(usualBytes, usualStart + positions[i] + 2, usualStart + positions[i + 1]);
        }
        return name;
    }

    ByteSlice value(int index) {
        ByteSlice value = values[Objects.checkIndex(index, count)];
        if (positions != null) {
            int i = positionsFrom + 2 * index;
            value.set(usualBytes, usualStart + positions[i + 1] + 2, usualStart + positions[i + 2]);
        }
        return value;
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
