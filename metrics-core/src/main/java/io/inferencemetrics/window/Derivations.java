package io.inferencemetrics.window;

import static io.inferencemetrics.metric.LlmMetrics.END_TO_END_LATENCY;
import static io.inferencemetrics.metric.LlmMetrics.GENERATED_TOKENS;
import static io.inferencemetrics.metric.LlmMetrics.INTER_TOKEN_LATENCY;
import static io.inferencemetrics.metric.LlmMetrics.KV_USAGE_MAX;
import static io.inferencemetrics.metric.LlmMetrics.PROMPT_TOKENS;
import static io.inferencemetrics.metric.LlmMetrics.QUEUE_TIME;
import static io.inferencemetrics.metric.LlmMetrics.REQUESTS_ENDED;
import static io.inferencemetrics.metric.LlmMetrics.REQUESTS_RUNNING;
import static io.inferencemetrics.metric.LlmMetrics.REQUESTS_SUCCESS;
import static io.inferencemetrics.metric.LlmMetrics.REQUESTS_WAITING;

import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Reading;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How the metrics of {@link WindowMetrics} are worked out. */
final class Derivations {
    /** Latencies are counted when requests end: what began before the window and what goes on behind it must not matter. */
    private static final double MEAN_LATENCIES_IN_A_WINDOW = 5;

    private static final double DISAGREEMENT = 0.25;

    private static final Map<Metric<Double>, Function<Window, Reading<Double>>> WAYS = Map.of(
            WindowMetrics.REQUESTS_DECODING,
            window -> atOnce(window, INTER_TOKEN_LATENCY, WindowMetrics.REQUESTS_DECODING),
            WindowMetrics.REQUESTS_IN_SYSTEM,
            Derivations::inSystem,
            WindowMetrics.QUEUE_SHARE,
            window -> quotient(
                    WindowMetrics.QUEUE_SHARE,
                    sum(window, QUEUE_TIME, WindowMetrics.QUEUE_SHARE),
                    sum(window, END_TO_END_LATENCY, WindowMetrics.QUEUE_SHARE)),
            WindowMetrics.GENERATED_TOKENS_PER_REQUEST,
            window -> perRequest(
                    window,
                    LlmMetrics.GENERATED_TOKENS_PER_REQUEST,
                    GENERATED_TOKENS,
                    WindowMetrics.GENERATED_TOKENS_PER_REQUEST),
            WindowMetrics.PROMPT_TOKENS_PER_REQUEST,
            window -> perRequest(
                    window,
                    LlmMetrics.PROMPT_TOKENS_PER_REQUEST,
                    PROMPT_TOKENS,
                    WindowMetrics.PROMPT_TOKENS_PER_REQUEST),
            WindowMetrics.KV_SATURATION,
            Derivations::fullest,
            WindowMetrics.QUEUE_SATURATION,
            Derivations::waitingShare);

    private Derivations() {}

    /** Empty for a metric that is not one of {@link WindowMetrics}. */
    static Optional<Reading<Double>> of(Window window, Metric<Double> metric) {
        return Optional.ofNullable(WAYS.get(metric)).map(way -> way.apply(window));
    }

    private static Reading<Double> sum(Window window, HistogramMetric of, Metric<Double> key) {
        return Readings.map(window.histogram(of), key, HistogramValue::sum);
    }

    /** Little's law: as many are under way at once as times, added up, go by in a second. */
    private static Reading<Double> atOnce(Window window, HistogramMetric time, Metric<Double> key) {
        Reading<Double> sum = sum(window, time, key);
        return window.length()
                .map(length -> Readings.map(sum, key, seconds -> seconds * 1e9 / length.toNanos()))
                .orElseGet(() -> sum instanceof Reading.Value
                        ? new Reading.Absent<>(
                                key,
                                Absence.NO_TIME_BETWEEN,
                                "the time between the two scrapes is not known",
                                sum.provenance())
                        : sum);
    }

    private static Reading<Double> inSystem(Window window) {
        Reading<Double> byLatencies = atOnce(window, END_TO_END_LATENCY, WindowMetrics.REQUESTS_IN_SYSTEM);
        double byGauges = window.gauge(REQUESTS_RUNNING).mean()
                + window.gauge(REQUESTS_WAITING).mean();
        double difference = Math.abs(byLatencies.optional().orElse(byGauges) - byGauges);
        boolean disagree = isLong(window) && difference > Math.max(1, DISAGREEMENT * byGauges);
        return disagree
                ? Readings.withNote(
                        byLatencies,
                        String.format(
                                Locale.ROOT,
                                "the engine's own gauges say %.1f on the mean: one of the two is wrong, or does not count all",
                                byGauges))
                : byLatencies;
    }

    private static boolean isLong(Window window) {
        double latency = window.mean(END_TO_END_LATENCY).optional().orElse(Double.NaN);
        return window.length()
                .filter(length -> length.toNanos() > MEAN_LATENCIES_IN_A_WINDOW * latency * 1e9)
                .isPresent();
    }

    /** The mean of the requests that ended; where the engine does not keep one, all tokens over all such requests. */
    private static Reading<Double> perRequest(
            Window window, HistogramMetric ofEnded, CounterMetric all, Metric<Double> key) {
        Reading<Double> mean = Readings.map(window.mean(ofEnded), key, value -> value);
        if (!(mean instanceof Reading.Absent)) {
            return mean;
        }
        Reading<Double> ended = window.increase(REQUESTS_ENDED);
        return quotient(
                key, window.increase(all), ended instanceof Reading.Absent ? window.increase(REQUESTS_SUCCESS) : ended);
    }

    private static Reading<Double> quotient(Metric<Double> key, Reading<Double> part, Reading<Double> whole) {
        if (!(part instanceof Reading.Value) || !(whole instanceof Reading.Value<Double> divisor)) {
            return Readings.map(part instanceof Reading.Value ? whole : part, key, value -> value);
        }
        return divisor.value() == 0
                ? new Reading.NoObservations<>(key, divisor.provenance())
                : Readings.map(part, key, value -> value / divisor.value());
    }

    private static Reading<Double> fullest(Window window) {
        GaugeOverTime usage = window.gauge(KV_USAGE_MAX);
        return Readings.map(usage.last(), WindowMetrics.KV_SATURATION, last -> usage.max());
    }

    private static Reading<Double> waitingShare(Window window) {
        GaugeOverTime waiting = window.gauge(REQUESTS_WAITING);
        GaugeOverTime running = window.gauge(REQUESTS_RUNNING);
        Reading<Double> share = Readings.map(
                waiting.last(),
                WindowMetrics.QUEUE_SATURATION,
                last -> waiting.mean() / (waiting.mean() + running.mean()));
        return share.optional().filter(value -> value.isNaN()).isPresent()
                ? new Reading.NoObservations<>(WindowMetrics.QUEUE_SATURATION, share.provenance())
                : share;
    }
}
