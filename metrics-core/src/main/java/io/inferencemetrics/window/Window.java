package io.inferencemetrics.window;

import io.inferencemetrics.internal.decode.Growth;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What happened on one server from one of its snapshots to a later one.
 *
 * <pre>{@code
 * Window w = Window.between(earlier, later);
 * double tokensPerSecond = w.rate(LlmMetrics.GENERATED_TOKENS).value();
 * Quantile p99 = w.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.99);
 * }</pre>
 *
 * <p>Differences are taken series by series as the server wrote them, then combined over ranks as in a snapshot. A series
 * that started again, or was born within the window, counts from 0, and the answer says so in its provenance. Nothing is
 * ever negative. Every answer is worked out when it is asked for. Immutable and safe to share between threads.
 */
public final class Window {
    private static final Duration ANY_TIME = Duration.ofNanos(Long.MAX_VALUE);

    private final List<MetricsSnapshot> snapshots;
    private final Growth growth;
    private final MetricsSnapshot grown;
    /** When the snapshots were made, in nanoseconds; all the same where the time between them is not known. */
    private final long[] moments;

    private Window(List<MetricsSnapshot> snapshots, Growth growth, MetricsSnapshot grown, long[] moments) {
        this.snapshots = snapshots;
        this.growth = growth;
        this.grown = grown;
        this.moments = moments;
    }

    private static Window over(List<MetricsSnapshot> snapshots, long... moments) {
        Growth growth = Growth.over(snapshots);
        return new Window(List.copyOf(snapshots), growth, growth.snapshot(), moments);
    }

    /**
     * The window between two snapshots of one server that this process read.
     *
     * @throws IllegalArgumentException when they are of different engines, not made by a collector, or in the wrong order
     */
    public static Window between(MetricsSnapshot earlier, MetricsSnapshot later) {
        return over(List.of(earlier, later));
    }

    /**
     * The window over two or more snapshots of one server that this process read: those in between tell of what restarted
     * meanwhile, and of how gauges moved.
     *
     * @param snapshots the oldest first
     * @throws IllegalArgumentException when they are fewer than two, of different engines, not made by a collector, or in
     *     the wrong order
     */
    public static Window over(List<MetricsSnapshot> snapshots) {
        if (snapshots.size() < 2) {
            throw new IllegalArgumentException("two snapshots or more were expected, not " + snapshots.size());
        }
        for (int i = 1; i < snapshots.size(); i++) {
            checkFollows(snapshots.get(i - 1), snapshots.get(i));
        }
        return over(snapshots, snapshots.stream().mapToLong(Window::nanos).toArray());
    }

    private static long nanos(MetricsSnapshot snapshot) {
        return snapshot.info().measuredNanos();
    }

    private static void checkFollows(MetricsSnapshot earlier, MetricsSnapshot later) {
        checkSameEngine(earlier, later);
        if (nanos(later) < nanos(earlier)) {
            throw new IllegalArgumentException("the snapshot of " + later.info().target() + " was made "
                    + Duration.ofNanos(nanos(earlier) - nanos(later))
                    + " before the one that is said to be earlier; swap them");
        }
    }

    private static void checkSameEngine(MetricsSnapshot earlier, MetricsSnapshot later) {
        if (!earlier.info().engine().equals(later.info().engine())) {
            throw new IllegalArgumentException("snapshots of one server were expected, not "
                    + earlier.info().target() + ", a " + earlier.info().engine() + ", and "
                    + later.info().target() + ", a " + later.info().engine());
        }
    }

    /**
     * The window between two snapshots of one server with a known time between them, such as two saved scrapes.
     *
     * @throws IllegalArgumentException when they are of different engines, not made by a collector, or the time is negative
     */
    public static Window between(MetricsSnapshot earlier, MetricsSnapshot later, Duration length) {
        if (length.isNegative()) {
            throw new IllegalArgumentException("a time of 0 or more was expected between the snapshots, not " + length);
        }
        checkSameEngine(earlier, later);
        return over(List.of(earlier, later), 0, length.toNanos());
    }

    /**
     * The window between two snapshots of one server that lie nobody knows how far apart: there are no rates.
     *
     * @throws IllegalArgumentException when they are of different engines, or not made by a collector
     */
    public static Window untimed(MetricsSnapshot earlier, MetricsSnapshot later) {
        checkSameEngine(earlier, later);
        return over(List.of(earlier, later), 0, 0);
    }

    private MetricsSnapshot first() {
        return snapshots.get(0);
    }

    private MetricsSnapshot last() {
        return snapshots.get(snapshots.size() - 1);
    }

    /** All metrics that can be asked for: the vocabulary, then the engine's own. */
    public List<Metric<?>> metrics() {
        return last().metrics();
    }

    /** The id of the engine whose catalogue was used. */
    public String engine() {
        return last().info().engine();
    }

    /** The address of the server, as the last snapshot has it. */
    public String target() {
        return last().info().target();
    }

    /** When the last snapshot was made, by the wall clock. */
    public Instant end() {
        return last().info().time();
    }

    /** The time between the snapshots; empty where it is not known, or none. */
    public Optional<Duration> length() {
        long nanos = moments[moments.length - 1] - moments[0];
        return nanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /** This window seen through one value of a dimension, such as one rank or one model. */
    public Window where(Dimension dimension, String value) {
        List<MetricsSnapshot> narrower = snapshots.stream()
                .map(snapshot -> snapshot.where(dimension, value))
                .toList();
        return new Window(narrower, growth, grown.where(dimension, value), moments);
    }

    /** What started again within the window. */
    public List<Reset> resets() {
        return growth.restarts().stream()
                .map(event -> new Reset(event.family(), event.labels(), event.seen()))
                .toList();
    }

    /**
     * How much a counter grew, in its unit.
     *
     * <p>A difference of two counters, of which one moves earlier than the other, may come out below 0 for a while: it is 0
     * then, and says so.
     */
    public Reading<Double> increase(CounterMetric metric) {
        Reading<Double> increase = notedOfRequests(noted(grown.reading(metric)), metric);
        return increase.optional().orElse(0.0) < 0
                ? Readings.withNote(
                        Readings.map(increase, metric, negative -> 0.0),
                        "its counters move at different times, so none yet")
                : increase;
    }

    /** With a note where the counter tells of requests only when they end. */
    private Reading<Double> notedOfRequests(Reading<Double> increase, CounterMetric metric) {
        if (!growth.isCountedAtEnd(metric, increase.provenance().source())) {
            return increase;
        }
        String length = mean(LlmMetrics.END_TO_END_LATENCY)
                .optional()
                .map(seconds -> String.format(Locale.ROOT, " (%.3g s on the mean)", seconds))
                .orElse("");
        return Readings.withNote(
                increase,
                "counted when a request ends: over less than a request's length" + length + " it says nothing of now");
    }

    /** How fast a counter grew, in its unit per second. */
    public Rate rate(CounterMetric metric) {
        Reading<Double> increase = increase(metric);
        Metric<Double> key = Keys.rate(metric);
        double grownBy = increase.optional().orElse(Double.NaN);
        if (length().isEmpty() && increase instanceof Reading.Value) {
            Reading<Double> none = new Reading.Absent<>(
                    key,
                    Absence.NO_TIME_BETWEEN,
                    "the time between the two scrapes is not known",
                    increase.provenance());
            return new Rate(none, grownBy, Double.NaN, Double.NaN);
        }
        double seconds = length().map(Window::seconds).orElse(Double.NaN);
        double error = growth.rounding(first().value(metric)) + growth.rounding(last().value(metric));
        return new Rate(
                Readings.map(increase, key, amount -> amount / seconds),
                grownBy,
                Math.max(0, grownBy - error) / seconds,
                (grownBy + error) / seconds);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** What a histogram observed: its buckets, sum and count within the window alone. */
    public Reading<HistogramValue> histogram(HistogramMetric metric) {
        return noted(grown.reading(metric));
    }

    /** The exact mean of what a histogram observed, in its unit. */
    public Reading<Double> mean(HistogramMetric metric) {
        return Readings.map(histogram(metric), Keys.mean(metric), HistogramValue::mean);
    }

    /**
     * A quantile of what a histogram observed.
     *
     * @param q between 0 and 1
     * @throws IllegalArgumentException when q is not
     */
    public Quantile quantile(HistogramMetric metric, double q) {
        return quantile(metric, q, Estimate.LINEAR);
    }

    /**
     * A quantile of what a histogram observed, estimated within its bracket in a way of the caller's choice.
     *
     * @param q between 0 and 1
     * @throws IllegalArgumentException when q is not
     */
    public Quantile quantile(HistogramMetric metric, double q, Estimate estimate) {
        return Quantiles.of(histogram(metric), Keys.quantile(metric, q), q, estimate);
    }

    /**
     * A ratio of counters within the window.
     *
     * <p>Absent where only a gauge says it: that is a state, which the snapshot has, or a mean over a time of the engine's own.
     */
    public Reading<Double> ratio(RatioMetric metric) {
        return ofCounters(metric);
    }

    private Reading<Double> ofCounters(NumericMetric metric) {
        Reading<Double> reading = noted(grown.reading(metric));
        String source = reading.provenance().source();
        if (!(reading instanceof Reading.Value) || growth.isOfCounters(metric, source)) {
            return reading;
        }
        String why = "there are no counters for it; " + source + " is a gauge, see the snapshot";
        return new Reading.Absent<>(metric, Absence.NOT_EXPOSED, why, reading.provenance());
    }

    /**
     * What the window says of a metric: of one of {@link WindowMetrics} what is worked out of counters and histograms, of a
     * counter by how much it grew, of a ratio that of the window's counters. Of a gauge what counters say of it, such as the
     * tokens gained by a draft, or the requests abandoned; absent where there are none, and {@link #gauge} tells how it moved.
     */
    public Reading<Double> reading(NumericMetric metric) {
        return metric instanceof CounterMetric counter
                ? increase(counter)
                : Derivations.of(this, metric).orElseGet(() -> ofCounters(metric));
    }

    /** How a gauge moved, whatever the time between its readings. */
    public GaugeOverTime gauge(NumericMetric metric) {
        return gauge(metric, ANY_TIME);
    }

    /**
     * How a gauge moved.
     *
     * @param longest the longest time between two readings for which they still tell of the time between them
     */
    public GaugeOverTime gauge(NumericMetric metric, Duration longest) {
        return GaugeOverTime.of(snapshots, moments, metric, longest);
    }

    /** With a note where series started again, were born, or changed their bounds. */
    private <T> Reading<T> noted(Reading<T> reading) {
        Set<String> families =
                growth.families(reading.metric(), reading.provenance().source());
        long restarts = count(growth.restarts(), families);
        long births = count(growth.births(), families);
        long bounds = count(growth.otherBounds(), families);
        String note =
                (restarts > 0 ? "; started again within the window: " + restarts + " series, so at least this" : "")
                        + (births > 0 ? "; born within the window and counted from 0: " + births + " series" : "")
                        + (bounds > 0 ? "; the bounds changed within the window, only common ones are kept" : "");
        return note.isEmpty() ? reading : Readings.withNote(reading, note.substring(2));
    }

    private static long count(List<Growth.Event> events, Set<String> families) {
        return events.stream()
                .filter(event -> families.contains(event.family()))
                .count();
    }
}
