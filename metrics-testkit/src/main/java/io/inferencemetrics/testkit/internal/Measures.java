package io.inferencemetrics.testkit.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What a simulated engine knows about itself, by the names that the tables of families read. */
final class Measures {
    private final Map<String, DoubleSupplier> numbers = new LinkedHashMap<>();
    private final Map<String, Distribution> distributions = new LinkedHashMap<>();

    private final Map<String, Supplier<Map<String, Double>>> states = new LinkedHashMap<>();

    /** What several know together: numbers added up, distributions of all observations, of states
     * the largest. */
    static Measures together(List<Measures> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Measures together = new Measures();
        Measures first = parts.get(0);
        first.numbers
                .keySet()
                .forEach(name -> together.number(
                        name,
                        () -> parts.stream()
                                .mapToDouble(part -> part.number(name).getAsDouble())
                                .sum()));
        first.distributions
                .keySet()
                .forEach(name -> together.distributions.put(
                        name,
                        Distribution.together(parts.stream()
                                .map(part -> part.distributionOf(name))
                                .toList())));
        first.states.keySet().forEach(name -> together.states(name, () -> largest(parts, name)));
        return together;
    }

    private static Map<String, Double> largest(List<Measures> parts, String name) {
        Map<String, Double> largest = new LinkedHashMap<>();
        parts.forEach(
                part -> part.statesOf(name).get().forEach((labels, value) -> largest.merge(labels, value, Math::max)));
        return largest;
    }

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

    /** Values by labels, of which there may be more each time. */
    void states(String name, Supplier<Map<String, Double>> values) {
        states.put(name, values);
    }

    boolean isStates(String name) {
        return states.containsKey(name);
    }

    Supplier<Map<String, Double>> statesOf(String name) {
        return known(states, name);
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
