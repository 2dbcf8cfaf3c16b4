package io.inferencemetrics.cli;

import static io.inferencemetrics.metric.LlmMetrics.GENERATED_TOKENS;
import static io.inferencemetrics.metric.LlmMetrics.INTER_TOKEN_LATENCY;
import static io.inferencemetrics.metric.LlmMetrics.KV_USAGE;
import static io.inferencemetrics.metric.LlmMetrics.PREFIX_CACHE_HIT_RATIO;
import static io.inferencemetrics.metric.LlmMetrics.PROMPT_TOKENS;
import static io.inferencemetrics.metric.LlmMetrics.REQUESTS_RUNNING;
import static io.inferencemetrics.metric.LlmMetrics.REQUESTS_SUCCESS;
import static io.inferencemetrics.metric.LlmMetrics.REQUESTS_WAITING;
import static io.inferencemetrics.metric.LlmMetrics.TIME_TO_FIRST_TOKEN;

import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.window.Quantile;
import io.inferencemetrics.window.Window;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The most important of one read and of the time before it, in a line. */
final class WatchLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private WatchLine() {}

    static String of(MetricsSnapshot snapshot, Optional<Window> window) {
        StringBuilder line =
                new StringBuilder(TIME.format(snapshot.info().time().truncatedTo(ChronoUnit.MILLIS)) + "Z");
        add(line, "running", snapshot.reading(REQUESTS_RUNNING));
        add(line, "waiting", snapshot.reading(REQUESTS_WAITING));
        add(line, "kv", snapshot.reading(KV_USAGE));
        window.ifPresent(w -> addWindow(line, w));
        return line.append(String.format(
                        Locale.ROOT,
                        "  read in %.0f ms",
                        snapshot.info().duration().toNanos() / 1e6))
                .toString();
    }

    private static void addWindow(StringBuilder line, Window window) {
        add(line, "done/s", window.rate(REQUESTS_SUCCESS).reading());
        add(line, "prompt/s", window.rate(PROMPT_TOKENS).reading());
        add(line, "generated/s", window.rate(GENERATED_TOKENS).reading());
        add(line, "hits", window.ratio(PREFIX_CACHE_HIT_RATIO));
        addQuantile(line, "ttft p99", window, TIME_TO_FIRST_TOKEN);
        addQuantile(line, "itl p99", window, INTER_TOKEN_LATENCY);
    }

    private static void add(StringBuilder line, String name, Reading<Double> reading) {
        line.append("  ").append(name).append(' ').append(value(reading));
    }

    private static void addQuantile(StringBuilder line, String name, Window window, HistogramMetric metric) {
        Quantile p99 = window.quantile(metric, 0.99);
        add(line, name, p99.reading());
        if (p99.count() > 0) {
            line.append(" (").append(Texts.number(p99.low())).append("..");
            line.append(p99.inOverflowBucket() ? "" : Texts.number(p99.high())).append(')');
        }
    }

    /** A dash for what is not there: the table and the JSON say why. */
    private static String value(Reading<Double> reading) {
        return reading.optional().map(Texts::number).orElse("-");
    }
}
