package io.inferencemetrics.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the metrics of a vocabulary by their names; a class of its own, so that vocabularies need not wait for each other. */
final class MetricNames {
    private MetricNames() {}

    static Map<String, Metric<?>> byName(List<List<? extends Metric<?>>> groups) {
        Map<String, Metric<?>> byName = new LinkedHashMap<>();
        groups.forEach(group -> group.forEach(metric -> byName.put(metric.name(), metric)));
        return Collections.unmodifiableMap(byName);
    }
}
