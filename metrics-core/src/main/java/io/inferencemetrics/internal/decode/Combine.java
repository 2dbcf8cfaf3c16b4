package io.inferencemetrics.internal.decode;

import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.snapshot.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** How the series of one metric become one value. */
public final class Combine {
    private Combine() {}

    /**
     * One number out of many; empty where they should agree and do not.
     *
     * @param weights the KV capacity of the ranks, for the mean weighted by it
     */
    static OptionalDouble numbers(List<Series<Double>> series, Aggregation aggregation, List<Series<Double>> weights) {
        return numbers(
                series.stream().mapToDouble(Series::value).toArray(),
                aggregation,
                aggregation == Aggregation.CAPACITY_WEIGHTED_MEAN
                        ? series.stream()
                                .mapToDouble(one -> partner(weights, one.dimensions())
                                        .map(Series::value)
                                        .orElse(Double.NaN))
                                .toArray()
                        : new double[0]);
    }

    /**
     * One number out of many; empty where they should agree and do not.
     *
     * @param weights of the numbers, for the mean weighted by KV capacity, which is the plain mean where one is not above 0
     */
    public static OptionalDouble numbers(double[] numbers, Aggregation aggregation, double[] weights) {
        DoubleStream all = Arrays.stream(numbers);
        return switch (aggregation) {
            case SUM -> OptionalDouble.of(all.sum());
            case MAX -> all.max();
            case MIN -> all.min();
            case MEAN -> all.average();
            case CAPACITY_WEIGHTED_MEAN -> weightedMean(numbers, weights);
            case SAME -> all.distinct().count() == 1 ? OptionalDouble.of(numbers[0]) : OptionalDouble.empty();
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

    private static OptionalDouble weightedMean(double[] numbers, double[] weights) {
        double total = 0;
        double weighted = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (!(weights[i] > 0)) {
                return Arrays.stream(numbers).average();
            }
            total += weights[i];
            weighted += weights[i] * numbers[i];
        }
        return OptionalDouble.of(weighted / total);
    }
}
