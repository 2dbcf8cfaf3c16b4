package io.inferencemetrics.doctor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is found out when it is first wanted, and then known. Used by one thread. */
final class Once<T> {
    private final Supplier<T> find;
    private @Nullable T known;

    Once(Supplier<T> find) {
        this.find = find;
    }

    T get() {
        T found = known != null ? known : find.get();
        known = found;
        return found;
    }
}
