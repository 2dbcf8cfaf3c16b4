package io.inferencemetrics.json;

import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.RawSample;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.ScrapeInfo;
import io.inferencemetrics.snapshot.Series;
import io.inferencemetrics.snapshot.Trust;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A snapshot whose readings were worked out before it was stored. */
record StoredSnapshot(
        ScrapeInfo info,
        Map<String, Metric<?>> byName,
        Map<String, Reading<?>> readings,
        Map<String, List<Series<?>>> allSeries,
        Coverage coverage,
        List<RawSample> rawSamples)
        implements MetricsSnapshot {

    @Override
    @SuppressWarnings("unchecked") // a reading is stored under the metric it answers
    public <T> Reading<T> reading(Metric<T> metric) {
        @Nullable Reading<?> stored = readings.get(metric.name());
        return stored != null
                ? (Reading<T>) stored
                : new Reading.Absent<>(
                        metric,
                        Absence.UNKNOWN,
                        metric.name() + " was not stored",
                        new Provenance("", Trust.EXACT, info.measuredNanos(), ""));
    }

    @Override
    @SuppressWarnings("unchecked") // series are stored under the metric they belong to
    public <T> List<Series<T>> series(Metric<T> metric) {
        return (List<Series<T>>) (List<?>) allSeries.getOrDefault(metric.name(), List.of());
    }

    @Override
    public List<Metric<?>> metrics() {
        return List.copyOf(byName.values());
    }

    @Override
    public Optional<Metric<?>> metric(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public List<String> values(Dimension dimension) {
        return allSeries.values().stream()
                .flatMap(List::stream)
                .flatMap(series -> series.dimension(dimension).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * A thing that has parts, such as a device that is split, is a reading of its own, and so is a single series; gauges and
     * counters of several combine by the metric's rule. Of ratios and histograms there is no rule left: they came from numbers
     * that are not stored.
     */
    @Override
    public MetricsSnapshot where(Dimension dimension, String value) {
        Map<String, Reading<?>> narrowed = new LinkedHashMap<>();
        Map<String, List<Series<?>>> kept = new LinkedHashMap<>();
        byName.values().forEach(metric -> {
            List<Series<?>> matching = allSeries.getOrDefault(metric.name(), List.of()).stream()
                    .filter(s -> s.dimension(dimension).filter(value::equals).isPresent())
                    .toList();
            kept.put(metric.name(), matching);
            narrowed.put(metric.name(), narrowed(metric, matching));
        });
        return new StoredSnapshot(info, byName, narrowed, kept, coverage, rawSamples);
    }

    private <T> Reading<T> narrowed(Metric<T> metric, List<Series<?>> matching) {
        Provenance provenance = reading(metric).provenance();
        return StoredSeries.<T>combined(metric, matching)
                .<Reading<T>>map(value -> new Reading.Value<>(metric, value, provenance))
                .orElseGet(() -> new Reading.Absent<>(
                        metric,
                        matching.isEmpty() ? Absence.UNKNOWN : Absence.AMBIGUOUS,
                        matching.size() + " stored series match",
                        provenance));
    }

    @Override
    public Optional<byte[]> body() {
        return Optional.empty();
    }
}
