package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Objects that were made from what a line says, so that one does for the same text in many lines.
 *
 * <p>It grows up to some thousand objects, from then on a new one may take the place of another: what is kept is bounded,
 * and so is a look-up, whatever a server sends. What is not found is made again, which costs memory but is never wrong.
 */
final class RecentTable<T, V> {
    private static final int FEWEST_SLOTS_BITS = 6;
    private static final int MOST_SLOTS_BITS = 13;
    /** How many slots an object may lie in; so few only because three in four are free. */
    private static final int TRIES = 4;

    private static final int MULTIPLIER = 0x9e3779b9;

    private final ToIntFunction<V> hashOf;
    private final BiPredicate<V, T> isThatOf;
    private final Function<T, V> make;

    @SuppressWarnings("unchecked") // an array of V that nobody else sees
    private @Nullable V[] slots = (V[]) new Object[1 << FEWEST_SLOTS_BITS];

    private int bits = FEWEST_SLOTS_BITS;
    private int used;

    /**
     * An empty table.
     *
     * @param hashOf the hash of what an object was made from
     * @param isThatOf whether an object was made from the same; it may say no though it was
     */
    RecentTable(ToIntFunction<V> hashOf, BiPredicate<V, T> isThatOf, Function<T, V> make) {
        this.hashOf = hashOf;
        this.isThatOf = isThatOf;
        this.make = make;
    }

    V get(T source, int hash) {
        int first = slot(hash);
        for (int slot = first; slot < first + TRIES; slot++) {
            V kept = slots[slot & slots.length - 1];
            if (kept == null) {
                break;
            }
            if (isThatOf.test(kept, source)) {
                return kept;
            }
        }
        V made = make.apply(source);
        if (4 * used > slots.length && bits < MOST_SLOTS_BITS) {
            grow();
        }
        put(made, hash);
        return made;
    }

    private int slot(int hash) {
        return hash * MULTIPLIER >>> Integer.SIZE - bits;
    }

    private void put(V made, int hash) {
        int first = slot(hash);
        for (int slot = first; slot < first + TRIES; slot++) {
            int index = slot & slots.length - 1;
            if (slots[index] == null) {
                slots[index] = made;
                used++;
                return;
            }
        }
        slots[first] = made;
    }

    private void grow() {
        @Nullable V[] old = slots;
        slots = Arrays.copyOf(old, 2 * old.length);
        Arrays.fill(slots, null);
        bits++;
        used = 0;
        for (V kept : old) {
            if (kept != null) {
                put(kept, hashOf.applyAsInt(kept));
            }
        }
    }
}
