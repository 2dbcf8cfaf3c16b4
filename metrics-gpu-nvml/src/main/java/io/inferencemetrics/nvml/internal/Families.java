package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The families that have one value for each device, numbered in the order in which they are written. */
final class Families {
    private static final Map<String, MetricType> TYPES = types();

    /** The number of each family. */
    static final Map<String, Integer> NUMBERS = numbers();

    private Families() {}

    static Map<String, MetricType> all() {
        return TYPES;
    }

    private static Map<String, MetricType> types() {
        Map<String, MetricType> types = new LinkedHashMap<>();
        Probes.CALLS.stream()
                .flatMap(probe -> Stream.concat(Stream.of(probe), probe.older().stream()))
                .flatMap(probe -> probe.slots().stream())
                .forEach(slot -> types.put(slot.family(), slot.type()));
        Probes.FIELDS.forEach(field -> types.put(field.family(), field.type()));
        return types;
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        TYPES.keySet().forEach(family -> numbers.put(family, numbers.size()));
        return Map.copyOf(numbers);
    }

    static int number(String family) {
        return Optional.ofNullable(NUMBERS.get(family)).orElseThrow();
    }
}
