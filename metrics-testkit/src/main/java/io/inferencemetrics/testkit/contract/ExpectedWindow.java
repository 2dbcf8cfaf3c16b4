package io.inferencemetrics.testkit.contract;

import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.window.Quantile;
import io.inferencemetrics.window.Window;
import io.inferencemetrics.window.WindowMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is worked out by hand of two scrapes of one server, in lines that say how: {@code tokens.generated.rate = ( 24680 -
 * 11920 ) / 10.06}.
 *
 * <p>Names are those of metrics, with {@code .increase} or {@code .rate} behind a counter's, {@code .mean} or
 * {@code .p99} behind a histogram's. A quantile is a bracket, {@code 0.25 .. 0.5}; what has no value is
 * {@code no observations} or {@code absent REASON}.
 */
final class ExpectedWindow {
    private static final double ROUNDING = 1e-9;

    private final Map<String, String> lines = new LinkedHashMap<>();

    static ExpectedWindow read(Path file) throws IOException {
        ExpectedWindow expected = new ExpectedWindow();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] pair = line.split("=", 2);
                expected.lines.put(pair[0].strip(), pair[1].strip());
            }
        }
        return expected;
    }

    String earlier() {
        return String.valueOf(lines.get("earlier"));
    }

    String later() {
        return String.valueOf(lines.get("later"));
    }

    /** The window between two snapshots, with the time between them that the file says. */
    Window window(MetricsSnapshot earlier, MetricsSnapshot later) {
        return Optional.ofNullable(lines.get("seconds"))
                .map(seconds ->
                        Window.between(earlier, later, Duration.ofNanos(Math.round(Double.parseDouble(seconds) * 1e9))))
                .orElseGet(() -> Window.untimed(earlier, later));
    }

    List<String> differences(Window window) {
        List<String> differences = new ArrayList<>();
        lines.forEach((name, expected) -> {
            if (!List.of("earlier", "later", "seconds").contains(name) && !holds(window, name, expected)) {
                differences.add(name + ": expected " + expected + ", was " + actual(window, name));
            }
        });
        return differences;
    }

    private static boolean holds(Window window, String name, String expected) {
        Object actual = actual(window, name);
        if (actual instanceof Quantile quantile && quantile.count() > 0) {
            String[] ends = expected.split("\\.\\. ");
            return quantile.low() == Arithmetic.value(ends[0])
                    && (ends.length == 1 ? quantile.inOverflowBucket() : quantile.high() == Arithmetic.value(ends[1]));
        }
        Reading<?> reading = actual instanceof Quantile quantile ? quantile.reading() : (Reading<?>) actual;
        if (reading instanceof Reading.Absent<?> absent) {
            return expected.equals("absent " + absent.reason());
        }
        if (reading instanceof Reading.NoObservations) {
            return expected.equals("no observations");
        }
        double value = (double) reading.optional().orElseThrow();
        double wanted =
                expected.startsWith("absent") || expected.startsWith("no ") ? Double.NaN : Arithmetic.value(expected);
        return Math.abs(value - wanted) <= ROUNDING * Math.max(1, Math.abs(wanted));
    }

    /** A reading, or a quantile. */
    private static Object actual(Window window, String name) {
        Optional<NumericMetric> whole = metric(window, name);
        if (whole.isPresent()) {
            return window.reading(whole.get());
        }
        int dot = name.lastIndexOf('.');
        String what = name.substring(dot + 1);
        Metric<?> metric = window.metrics().stream()
                .filter(one -> one.name().equals(name.substring(0, dot)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no metric for " + name));
        return switch (what) {
            case "rate" -> window.rate((CounterMetric) metric).reading();
            case "increase" -> window.increase((CounterMetric) metric);
            case "mean" -> window.mean((HistogramMetric) metric);
            default -> window.quantile((HistogramMetric) metric, quantile(what));
        };
    }

    private static Optional<NumericMetric> metric(Window window, String name) {
        return WindowMetrics.all().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .or(() -> window.metrics().stream()
                        .filter(metric -> metric.name().equals(name) && metric instanceof NumericMetric)
                        .map(NumericMetric.class::cast)
                        .findFirst());
    }

    private static double quantile(String what) {
        if (!what.toLowerCase(Locale.ROOT).matches("p\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("rate, increase, mean or p99 was expected, not " + what);
        }
        return Double.parseDouble(what.substring(1)) / 100;
    }
}
