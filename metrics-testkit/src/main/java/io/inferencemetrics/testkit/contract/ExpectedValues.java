package io.inferencemetrics.testkit.contract;

import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Series;
import io.inferencemetrics.snapshot.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a body is known to say, worked out by hand, and how a snapshot of it differs.
 *
 * <p>A file of lines such as {@code requests.running = 16}, {@code requests.running{dp_rank=0} = 9},
 * {@code latency.ttft = count 17 sum 1.2345}, {@code kv.usage_ratio = absent NOT_IN_VERSION},
 * {@code prefix.hit_ratio = no observations}; a trust other than exact stands at the end of a line.
 * {@code coverage.found}, {@code .unmapped} and {@code .skipped} are counts, {@code coverage.version} is the range of
 * versions that the names allow. Every metric of the vocabulary has a line of its own, or the line
 * {@code otherwise = absent NOT_EXPOSED} speaks for it, or {@code otherwise = absent} for any reason; metrics of the engine's own may have one.
 */
public final class ExpectedValues {
    private static final double SUM_TOLERANCE = 1e-11;
    private static final String OTHERWISE = "otherwise";

    private final Map<String, String> lines;

    private ExpectedValues(Map<String, String> lines) {
        this.lines = lines;
    }

    /** Reads the lines of a file. */
    public static ExpectedValues read(Path file) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int equals = line.lastIndexOf(" = ");
                lines.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 3).strip());
            }
        }
        return new ExpectedValues(lines);
    }

    /** Every difference, as a sentence; none when the snapshot says what is expected. */
    public List<String> differences(MetricsSnapshot snapshot) {
        List<String> differences = new ArrayList<>();
        lines.forEach((name, expected) -> {
            if (name.equals(OTHERWISE)) {
                return;
            }
            String actual = actual(snapshot, name);
            if (!same(name.endsWith("}") ? withoutTrust(expected) : expected, actual)) {
                differences.add(name + ": expected " + expected + ", was " + actual);
            }
        });
        snapshot.metrics().stream()
                .map(Metric::name)
                .filter(name -> Vocabulary.named(name).isPresent())
                .filter(name -> !lines.containsKey(name))
                .forEach(name -> otherwise(snapshot, name).ifPresent(differences::add));
        return differences;
    }

    /** What is wrong about a metric that has no line of its own, if anything is. */
    private Optional<String> otherwise(MetricsSnapshot snapshot, String name) {
        String expected = lines.get(OTHERWISE);
        if (expected == null) {
            return Optional.of(name + ": the file says nothing of it");
        }
        String actual = actual(snapshot, name);
        return same(expected, actual) || (expected.equals("absent") && actual.startsWith("absent "))
                ? Optional.empty()
                : Optional.of(
                        name + ": the file says nothing of it, so that " + expected + " was expected, was " + actual);
    }

    private static String actual(MetricsSnapshot snapshot, String name) {
        if (name.startsWith("coverage.")) {
            return coverage(snapshot, name.substring("coverage.".length()));
        }
        int brace = name.indexOf('{');
        String metricName = brace < 0 ? name : name.substring(0, brace);
        Optional<Metric<?>> metric = snapshot.metric(metricName);
        if (metric.isEmpty()) {
            return "no such metric";
        }
        return brace < 0
                ? describe(snapshot.reading(metric.get()))
                : series(snapshot, metric.get(), name.substring(brace + 1, name.lastIndexOf('}')));
    }

    private static String coverage(MetricsSnapshot snapshot, String what) {
        return switch (what) {
            case "found" -> String.valueOf(snapshot.coverage().found().size());
            case "unmapped" -> String.valueOf(snapshot.coverage().unmapped().size());
            case "skipped" -> String.valueOf(snapshot.coverage().skippedLines());
            case "version" -> snapshot.coverage().inferredVersion().toString();
            default -> "no such count";
        };
    }

    private static String series(MetricsSnapshot snapshot, Metric<?> metric, String dimensions) {
        Map<String, String> wanted = new TreeMap<>();
        for (String pair : dimensions.split(",")) {
            String[] keyAndValue = pair.split("=", 2);
            wanted.put(keyAndValue[0].strip(), keyAndValue[1].replace("\"", ""));
        }
        for (Series<?> series : snapshot.series(metric)) {
            Map<String, String> actual = new TreeMap<>(series.dimensions());
            if (!wanted.containsKey("model")) {
                actual.remove("model");
            }
            if (actual.equals(wanted)) {
                return describe(series.value());
            }
        }
        return "no such series among " + snapshot.series(metric);
    }

    private static String describe(Reading<?> reading) {
        if (reading instanceof Reading.Value<?> value) {
            return describe(value.value()) + trust(reading);
        }
        if (reading instanceof Reading.Absent<?> absent) {
            return "absent " + absent.reason();
        }
        if (reading instanceof Reading.Stale<?> stale) {
            return "stale " + describe(stale.lastValue());
        }
        return reading instanceof Reading.Failed<?> ? "failed" : "no observations";
    }

    /** A series is trusted as its metric is. */
    private static String withoutTrust(String expected) {
        return expected.replaceFirst(" (derived|approximate|doubtful)$", "");
    }

    private static String trust(Reading<?> reading) {
        Trust trust = reading.provenance().trust();
        return trust == Trust.EXACT ? "" : " " + trust.name().toLowerCase(Locale.ROOT);
    }

    private static String describe(Object value) {
        if (value instanceof HistogramValue histogram) {
            return "count " + histogram.count() + " sum " + histogram.sum();
        }
        return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
    }

    /** Word by word; numbers by their value, sums to twelve digits. */
    private static boolean same(String expected, String actual) {
        String[] words = expected.split("\\s+");
        String[] others = actual.split("\\s+");
        boolean same = words.length == others.length;
        for (int i = 0; same && i < words.length; i++) {
            same = words[i].equals(others[i]) || near(words[i], others[i]);
        }
        return same;
    }

    private static boolean near(String a, String b) {
        try {
            double x = Double.parseDouble(a);
            double y = Double.parseDouble(b);
            return x == y || Math.abs(x - y) <= SUM_TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
