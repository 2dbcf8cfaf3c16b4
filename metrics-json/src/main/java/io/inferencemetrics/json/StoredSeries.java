package io.inferencemetrics.json;

import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.Series;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Several stored series of a metric as one value, where there is a rule for it. */
final class StoredSeries {
    /** What divides a thing into parts beside which the thing itself may be told. */
    private static final Set<String> PARTS =
            Set.of(Dimension.GPU_INSTANCE.name(), Dimension.LINK.name(), Dimension.CODE.name());

    private StoredSeries() {}

    @SuppressWarnings("unchecked") // series are stored under the metric they belong to
    static <T> Optional<T> combined(Metric<T> metric, List<Series<?>> series) {
        List<Series<?>> wholes =
                series.stream().filter(one -> !isPart(one, series)).toList();
        if (wholes.size() == 1 || agree(metric, wholes)) {
            return Optional.of((T) wholes.get(0).value());
        }
        return hasRule(metric) && !wholes.isEmpty()
                ? (Optional<T>) number(((NumericMetric) metric).overRanks(), wholes)
                : Optional.empty();
    }

    /** Whether another series is about the whole thing that this one is about a part of, as a live snapshot decides it too. */
    private static boolean isPart(Series<?> one, List<Series<?>> all) {
        Map<String, String> whole = new HashMap<>(one.dimensions());
        return whole.keySet().removeAll(PARTS)
                && all.stream().anyMatch(other -> other.dimensions().equals(whole));
    }

    private static boolean agree(Metric<?> metric, List<Series<?>> texts) {
        return metric instanceof TextMetric
                && texts.stream().map(Series::value).distinct().count() == 1;
    }

    private static boolean hasRule(Metric<?> metric) {
        return (metric instanceof GaugeMetric || metric instanceof CounterMetric)
                && Vocabulary.named(metric.name()).isPresent();
    }

    private static Optional<Double> number(Aggregation rule, List<Series<?>> series) {
        DoubleStream values = series.stream().mapToDouble(one -> (Double) one.value());
        OptionalDouble value = switch (rule) {
            case SUM -> OptionalDouble.of(values.sum());
            case MAX -> values.max();
            case MIN -> values.min();
            case MEAN -> values.average();
            case SAME, CAPACITY_WEIGHTED_MEAN -> same(values.distinct().toArray());
        };
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static OptionalDouble same(double[] different) {
        return different.length == 1 ? OptionalDouble.of(different[0]) : OptionalDouble.empty();
    }
}
