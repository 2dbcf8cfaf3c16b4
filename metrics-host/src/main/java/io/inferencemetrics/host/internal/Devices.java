package io.inferencemetrics.host.internal;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The devices of one kind, brought up to date for each read; which there are is looked up now and then. */
final class Devices<T> {
    /** Listing costs more than updating, and devices come and go seldom. */
    static final int READS_PER_LIST = 60;

    private final Supplier<List<T>> list;
    private final Predicate<T> update;
    private List<T> known;
    private int reads;

    /** Lists the devices at once. What {@code update} says no to is gone. */
    Devices(Supplier<List<T>> list, Predicate<T> update) {
        this.list = list;
        this.update = update;
        this.known = List.copyOf(list.get());
    }

    List<T> now() {
        if (++reads % READS_PER_LIST == 0) {
            known = List.copyOf(list.get());
            return known;
        }
        return known.stream().filter(update).toList();
    }
}
