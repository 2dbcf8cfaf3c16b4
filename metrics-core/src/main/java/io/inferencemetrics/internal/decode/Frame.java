package io.inferencemetrics.internal.decode;

import java.util.List;

/**
 * The numbers of one body, by the index of their series; immutable by agreement.
 *
 * @param timestampsMillis by index; empty where no sample had a time of its own
 * @param names all names on the wire, of the engine and of others
 * @param bare whether the body gave itself away as one that writes no prefix
 */
record Frame(
        Layout layout,
        double[] values,
        boolean[] present,
        long[] timestampsMillis,
        List<NameSlot> names,
        boolean bare,
        long samples,
        long duplicates) {
    static final long NO_TIMESTAMP = Long.MIN_VALUE;

    /** Whether a name was the engine's, not only of the web framework around it. */
    boolean hasEngineFamilies() {
        return names.stream().anyMatch(slot -> slot.engines && (bare || !slot.isBare()));
    }

    boolean has(int index) {
        return index >= 0 && present[index];
    }

    /** The time of a sample, or {@link #NO_TIMESTAMP}. */
    long timestampMillis(int index) {
        return timestampsMillis.length == 0 ? NO_TIMESTAMP : timestampsMillis[index];
    }
}
