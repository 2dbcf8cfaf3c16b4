package io.inferencemetrics.testkit.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What a simulated engine knows about itself, by the names that the tables of families read. */
final class Measures {
    private final Map<String, DoubleSupplier> numbers = new LinkedHashMap<>();
    private final Map<String, Distribution> distributions = new LinkedHashMap<>();

    void number(String name, DoubleSupplier value) {
        numbers.put(name, value);
    }

    Count count(String name) {
        Count count = new Count();
        number(name, count::value);
        return count;
    }

    Distribution distribution(String name) {
        Distribution distribution = new Distribution();
        distributions.put(name, distribution);
        return distribution;
    }

    DoubleSupplier number(String name) {
        return known(numbers, name);
    }

    Distribution distributionOf(String name) {
        return known(distributions, name);
    }

    private static <T> T known(Map<String, T> all, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no measure " + name + "; known are " + all.keySet());
        }
        return found;
    }
}
