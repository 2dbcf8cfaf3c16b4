package io.inferencemetrics.cli;

import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.window.GaugeOverTime;
import io.inferencemetrics.window.Quantile;
import io.inferencemetrics.window.Rate;
import io.inferencemetrics.window.Window;
import io.inferencemetrics.window.WindowMetrics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A window as a table for people: what has something to say, with the notes that go with it below. */
final class WindowTable {
    private static final int SHORTEST_NAMES = 30;
    private static final int RATE = ".rate".length();
    private static final double[] QUANTILES = {0.5, 0.9, 0.99};
    private static final List<NumericMetric> GAUGES = List.of(
            LlmMetrics.REQUESTS_RUNNING, LlmMetrics.REQUESTS_WAITING, LlmMetrics.KV_USAGE, LlmMetrics.KV_USAGE_MAX);

    private final PrintWriter out;
    private final List<String> notes = new ArrayList<>();
    private int width = SHORTEST_NAMES;

    WindowTable(PrintWriter out) {
        this.out = out;
    }

    void print(Window window) {
        out.printf(
                "%s at %s, %s%n%n",
                window.engine(),
                window.target(),
                window.length()
                        .map(length -> String.format(Locale.ROOT, "%.3f s", length.toNanos() / 1e9))
                        .orElse("the time between the two scrapes is not known: no rates (--seconds gives it)"));
        List<Metric<?>> metrics = window.metrics().stream()
                .filter(metric -> Vocabulary.named(metric.name()).isPresent())
                .toList();
        width = metrics.stream()
                .mapToInt(metric -> metric.name().length() + RATE)
                .reduce(SHORTEST_NAMES, Math::max);
        GAUGES.forEach(metric -> printGauge(window, metric));
        metrics.forEach(metric -> printMetric(window, metric));
        WindowMetrics.all().forEach(metric -> printLine(window.reading(metric), ""));
        window.resets()
                .forEach(reset ->
                        out.printf("started again: %s%s, seen at %s%n", reset.family(), reset.labels(), reset.seen()));
        out.println();
        notes.forEach(note -> out.printf("[%d] %s%n", numberOf(note), note));
    }

    private void printMetric(Window window, Metric<?> metric) {
        if (metric instanceof CounterMetric counter) {
            printCounter(window, counter);
        } else if (metric instanceof RatioMetric ratio) {
            printLine(window.ratio(ratio), "");
        } else if (metric instanceof HistogramMetric histogram) {
            printHistogram(window, histogram);
        } else if (metric instanceof GaugeMetric gauge) {
            printLine(window.reading(gauge), "");
        }
    }

    private void printGauge(Window window, NumericMetric metric) {
        GaugeOverTime gauge = window.gauge(metric);
        if (gauge.readings() > 0) {
            String value = gauge.covered().isZero() ? "" : Texts.number(gauge.mean());
            String beside = String.format(
                    Locale.ROOT,
                    "mean; %s to %s, last %s, of %s",
                    Texts.number(gauge.min()),
                    Texts.number(gauge.max()),
                    Texts.reading(gauge.last()),
                    Texts.count(gauge.readings(), "read", "reads"));
            printLine(metric, value, beside, gauge.last().provenance().note());
        }
    }

    private void printCounter(Window window, CounterMetric metric) {
        Rate rate = window.rate(metric);
        String increase = "+" + Texts.number(rate.increase());
        if (window.length().isPresent()) {
            printLine(rate.reading(), increase);
        } else {
            printLine(window.increase(metric), "increase");
        }
    }

    private void printHistogram(Window window, HistogramMetric metric) {
        printLine(window.mean(metric), "");
        for (double q : QUANTILES) {
            Quantile quantile = window.quantile(metric, q);
            if (quantile.count() > 0) {
                printLine(
                        quantile.reading(),
                        String.format(
                                "above %s, at most %s, of %d",
                                Texts.number(quantile.low()), Texts.number(quantile.high()), quantile.count()));
            }
        }
    }

    private void printLine(Reading<Double> reading, String beside) {
        if (!(reading instanceof Reading.Absent)) {
            printLine(
                    reading.metric(),
                    Texts.reading(reading),
                    beside,
                    reading.provenance().note());
        }
    }

    private void printLine(Metric<?> metric, String value, String beside, String note) {
        out.printf(
                "%-" + width + "s %18s %-11s %s%n",
                metric.name(),
                value,
                metric.unit().symbol(),
                note.isEmpty() ? beside : beside + " [" + numberOf(note) + "]");
    }

    private int numberOf(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
        return notes.indexOf(note) + 1;
    }
}
