package io.inferencemetrics.testkit;

import io.inferencemetrics.prometheus.Exposition;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.MetricSample;
import io.inferencemetrics.prometheus.ParserOptions;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A body, read by the strict parser, to be asked for numbers. */
final class Body {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private final Map<String, Double> series = new LinkedHashMap<>();

    private Body(Exposition exposition) {
        exposition.families().forEach(family -> family.samples().forEach(this::add));
    }

    static Body of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Body(Exposition.parse(bytes, ParserOptions.strict(ExpositionFormat.TEXT)));
    }

    private void add(MetricSample sample) {
        sums.merge(sample.name(), sample.value(), Double::sum);
        series.put(sample.name() + sample.labels(), sample.value());
    }

    boolean has(String name) {
        return sums.containsKey(name);
    }

    /** All series of that name added up; 0 where there is none. */
    double sum(String name) {
        return sums.getOrDefault(name, 0.0);
    }

    /** The series of that name with that label added up; 0 where there is none. */
    double sum(String name, String label, String value) {
        return series.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "{"))
                .filter(entry -> entry.getKey().matches(".*[{ ]" + label + "=" + value + "[,}].*"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Each series by its name and labels. */
    Map<String, Double> series() {
        return series;
    }
}
