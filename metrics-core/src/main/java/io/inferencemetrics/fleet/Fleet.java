package io.inferencemetrics.fleet;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.internal.decode.Combine;
import io.inferencemetrics.internal.decode.HistogramParts;
import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several servers as one: queues add up, the fullest cache is the fullest, usage is weighted by capacity, histograms are
 * merged.
 *
 * <pre>{@code
 * Fleet fleet = Fleet.of(Map.of("a", collectorA.tryCollect(), "b", collectorB.tryCollect()));
 * FleetReading<Double> waiting = fleet.reading(LlmMetrics.REQUESTS_WAITING);
 * waiting.reading();   // the sum of those that said it
 * waiting.missing();   // the servers that did not, and why: a failed read is not idle
 * }</pre>
 *
 * <p>How a metric combines is its {@link Metric#overReplicas()}; a share of two counters is the share of their sums, not a
 * mean of shares. Immutable and safe to share between threads.
 */
public final class Fleet {
    private record Share(NumericMetric part, NumericMetric whole) {}

    private static final Map<Metric<?>, Share> SHARES = Map.of(
            LlmMetrics.PREFIX_CACHE_HIT_RATIO,
            new Share(LlmMetrics.PREFIX_CACHE_HITS, LlmMetrics.PREFIX_CACHE_QUERIES),
            LlmMetrics.ACCEPTANCE_RATE,
            new Share(LlmMetrics.ACCEPTED_TOKENS, LlmMetrics.DRAFT_TOKENS));

    private final Map<String, CollectResult> results;

    private Fleet(Map<String, CollectResult> results) {
        this.results = new TreeMap<>(results);
    }

    /** A fleet of servers by their names, each with what came of reading it. */
    public static Fleet of(Map<String, ? extends CollectResult> results) {
        return new Fleet(new TreeMap<>(results));
    }

    /** The names of all servers, also of those that could not be read. */
    public List<String> servers() {
        return List.copyOf(results.keySet());
    }

    /** What the servers say of a metric together. */
    @SuppressWarnings("unchecked") // the kinds of metric and their types of value are one to one
    public <T> FleetReading<T> reading(Metric<T> metric) {
        if (metric instanceof RatioMetric ratio && SHARES.containsKey(ratio)) {
            return (FleetReading<T>) share(ratio, SHARES.get(ratio));
        }
        Map<String, Reading<T>> all = new LinkedHashMap<>();
        results.forEach((server, result) -> all.put(server, said(result, metric)));
        return combined(metric, all, members -> (Optional<T>) value(metric, members));
    }

    private static <T> Reading<T> said(CollectResult result, Metric<T> metric) {
        return result instanceof CollectResult.Failure failure
                ? new Reading.Failed<>(
                        metric, failure.message(), new Provenance("", Trust.EXACT, System.nanoTime(), failure.hint()))
                : result.optional().orElseThrow().reading(metric);
    }

    private static <T> FleetReading<T> combined(
            Metric<T> metric,
            Map<String, Reading<T>> all,
            Function<Map<String, Reading.Value<T>>, Optional<T>> combine) {
        Map<String, Reading.Value<T>> values = new LinkedHashMap<>();
        Map<String, Reading<T>> missing = new LinkedHashMap<>();
        all.forEach((server, reading) -> {
            if (reading instanceof Reading.Value<T> value) {
                values.put(server, value);
            } else {
                missing.put(server, reading);
            }
        });
        Reading<T> reading = values.isEmpty() ? nothing(metric, missing) : of(metric, values, combine.apply(values));
        return new FleetReading<>(reading, List.copyOf(values.keySet()), missing);
    }

    private static <T> Reading<T> of(Metric<T> metric, Map<String, Reading.Value<T>> values, Optional<T> combined) {
        Provenance provenance = together(new ArrayList<>(values.values()));
        return combined.<Reading<T>>map(value -> new Reading.Value<>(metric, value, provenance))
                .orElseGet(() -> new Reading.Absent<>(
                        metric, Absence.AMBIGUOUS, "the servers should agree and do not", provenance));
    }

    private static <T> Provenance together(List<Reading.Value<T>> values) {
        List<Provenance> all = values.stream().map(Reading.Value::provenance).toList();
        return new Provenance(
                all.stream().map(Provenance::source).distinct().collect(Collectors.joining(", ")),
                all.stream()
                        .map(Provenance::trust)
                        .max(Comparator.naturalOrder())
                        .orElse(Trust.EXACT),
                all.stream().mapToLong(Provenance::measuredNanos).min().orElse(0),
                all.stream()
                        .map(Provenance::note)
                        .filter(note -> !note.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; ")));
    }

    /** What the first server says that has an answer to give, for all of them have the same or none. */
    private static <T> Reading<T> nothing(Metric<T> metric, Map<String, Reading<T>> missing) {
        return missing.values().stream()
                .min(Comparator.comparing(reading -> reading instanceof Reading.Failed))
                .orElseGet(() -> new Reading.Absent<>(
                        metric,
                        Absence.NOT_EXPOSED,
                        "the fleet has no server",
                        new Provenance("", Trust.EXACT, System.nanoTime(), "")));
    }

    private <T> Optional<?> value(Metric<T> metric, Map<String, Reading.Value<T>> members) {
        List<T> values = members.values().stream().map(Reading.Value::value).toList();
        if (metric instanceof HistogramMetric) {
            return Optional.of(HistogramParts.merge(
                    values.stream().map(HistogramValue.class::cast).toList()));
        }
        if (metric instanceof NumericMetric) {
            return number(metric.overReplicas(), members.keySet().stream().toList(), values);
        }
        return values.stream().distinct().count() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private Optional<Double> number(Aggregation aggregation, List<String> servers, List<?> values) {
        double[] numbers = values.stream().mapToDouble(value -> (double) value).toArray();
        double[] capacities = servers.stream().mapToDouble(this::capacity).toArray();
        return Combine.numbers(numbers, aggregation, capacities).stream()
                .boxed()
                .findFirst();
    }

    private double capacity(String server) {
        return results.get(server) instanceof CollectResult.Success success
                ? success.snapshot().value(LlmMetrics.KV_CAPACITY)
                : Double.NaN;
    }

    /** Only servers that have both numbers count. */
    private FleetReading<Double> share(RatioMetric metric, Share share) {
        Map<String, Reading<Double>> all = new LinkedHashMap<>();
        results.forEach((server, result) -> all.put(server, ofBoth(result, metric, share)));
        return combined(metric, all, members -> {
            double whole = sum(members.keySet(), share.whole());
            return Optional.of(sum(members.keySet(), share.part()) / whole);
        });
    }

    private static Reading<Double> ofBoth(CollectResult result, RatioMetric metric, Share share) {
        Reading<Double> own = said(result, metric);
        boolean both = result.optional().stream()
                .allMatch(snapshot -> has(snapshot, share.part()) && has(snapshot, share.whole()));
        return both || !(own instanceof Reading.Value)
                ? own
                : new Reading.Absent<>(
                        metric,
                        Absence.NOT_EXPOSED,
                        own.provenance().source() + " is a share without its counters, which cannot be combined",
                        own.provenance());
    }

    private static boolean has(MetricsSnapshot snapshot, NumericMetric metric) {
        return snapshot.reading(metric) instanceof Reading.Value;
    }

    private double sum(Iterable<String> servers, NumericMetric metric) {
        double sum = 0;
        for (String server : servers) {
            sum += results.get(server) instanceof CollectResult.Success success
                    ? success.snapshot().value(metric)
                    : 0;
        }
        return sum;
    }
}
