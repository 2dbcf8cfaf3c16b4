package io.inferencemetrics.internal.decode;

import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.snapshot.Series;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** How the series of one metric become one value. */
final class Combine {
    private Combine() {}

    /**
     * One number out of many; empty where they should agree and do not.
     *
     * @param weights the KV capacity of the ranks, for the mean weighted by it
     */
    static OptionalDouble numbers(List<Series<Double>> series, Aggregation aggregation, List<Series<Double>> weights) {
        return switch (aggregation) {
            case SUM -> OptionalDouble.of(values(series).sum());
            case MAX -> values(series).max();
            case MIN -> values(series).min();
            case MEAN -> values(series).average();
            case CAPACITY_WEIGHTED_MEAN -> weightedMean(series, weights);
            case SAME ->
                values(series).distinct().count() == 1
                        ? OptionalDouble.of(series.get(0).value())
                        : OptionalDouble.empty();
        };
    }

    /** One text out of many; empty where they differ. */
    static Optional<String> texts(List<Series<String>> series) {
        return series.stream().map(Series::value).distinct().count() == 1
                ? Optional.of(series.get(0).value())
                : Optional.empty();
    }

    /**
     * The series that goes with these dimensions: the one with the same, else one of the same rank and model or of something both belong to, else
     * the only one that contradicts none of them.
     */
    static <T> Optional<Series<T>> partner(List<Series<T>> candidates, Map<String, String> dimensions) {
        List<Series<T>> possible = candidates.stream()
                .filter(candidate -> !contradict(candidate.dimensions(), dimensions))
                .toList();
        return possible.stream()
                .filter(one -> one.dimensions().equals(dimensions))
                .findFirst()
                .or(() -> belongingTo(possible, dimensions))
                .or(() -> possible.size() == 1 ? Optional.of(possible.get(0)) : Optional.empty());
    }

    private static <T> Optional<Series<T>> belongingTo(List<Series<T>> possible, Map<String, String> dimensions) {
        return possible.stream()
                .filter(one -> dimensions.keySet().containsAll(one.dimensions().keySet()))
                .findFirst();
    }

    private static boolean contradict(Map<String, String> a, Map<String, String> b) {
        return a.entrySet().stream().anyMatch(d -> !d.getValue().equals(b.getOrDefault(d.getKey(), d.getValue())));
    }

    private static DoubleStream values(List<Series<Double>> series) {
        return series.stream().mapToDouble(Series::value);
    }

    private static OptionalDouble weightedMean(List<Series<Double>> series, List<Series<Double>> weights) {
        double total = 0;
        double weighted = 0;
        for (Series<Double> one : series) {
            double weight =
                    partner(weights, one.dimensions()).map(Series::value).orElse(0.0);
            if (!(weight > 0)) {
                return values(series).average();
            }
            total += weight;
            weighted += weight * one.value();
        }
        return OptionalDouble.of(weighted / total);
    }
}
