package io.inferencemetrics.cli;

import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.ScrapeInfo;
import io.inferencemetrics.snapshot.Series;
import io.inferencemetrics.snapshot.Trust;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A snapshot as a table for people. */
final class SnapshotTable {
    private static final int SHORTEST_NAMES = 26;

    private final PrintWriter out;
    private final boolean withAbsent;
    private final List<String> notes = new ArrayList<>();
    private int width = SHORTEST_NAMES;

    SnapshotTable(PrintWriter out, boolean withAbsent) {
        this.out = out;
        this.withAbsent = withAbsent;
    }

    void print(MetricsSnapshot snapshot) {
        width = canonical(snapshot).mapToInt(metric -> metric.name().length()).reduce(SHORTEST_NAMES, Math::max);
        printHead(snapshot.info(), snapshot.coverage());
        canonical(snapshot).forEach(metric -> printMetric(snapshot, metric));
        printNotes();
        printCoverage(snapshot.coverage());
    }

    /** The metrics of the vocabulary. */
    static Stream<Metric<?>> canonical(MetricsSnapshot snapshot) {
        return snapshot.metrics().stream()
                .filter(metric -> Vocabulary.named(metric.name()).isPresent());
    }

    void printHead(ScrapeInfo info, Coverage coverage) {
        out.printf(
                Locale.ROOT,
                "%s at %s (%s by its metrics), %s%n%d bytes in %.1f ms, first byte after %.1f ms%n%n",
                info.engine(),
                info.target(),
                coverage.inferredVersion().inWords(),
                info.time(),
                info.bytes(),
                info.duration().toNanos() / 1e6,
                info.timeToFirstByte().toNanos() / 1e6);
    }

    private <T> void printMetric(MetricsSnapshot snapshot, Metric<T> metric) {
        Reading<T> reading = snapshot.reading(metric);
        if (reading instanceof Reading.Absent && !withAbsent) {
            return;
        }
        out.printf(
                "%-" + width + "s %18s %-9s %s%n",
                metric.name(),
                value(reading),
                metric.unit().symbol(),
                origin(reading));
        List<Series<T>> series = snapshot.series(metric);
        if (series.size() > 1) {
            series.forEach(one -> out.printf(
                    "  %-" + (width - 2) + "s %18s%n",
                    String.join(",", one.dimensions().values()),
                    Texts.value(one.value())));
        }
    }

    private static String value(Reading<?> reading) {
        return reading instanceof Reading.Value<?> value && value.value() instanceof HistogramValue histogram
                ? Texts.number(histogram.mean())
                : Texts.reading(reading);
    }

    /** Where a value is from, and the number of the note that goes with it. */
    String origin(Reading<?> reading) {
        StringBuilder origin = new StringBuilder();
        if (reading instanceof Reading.Value<?> value && value.value() instanceof HistogramValue histogram) {
            origin.append("mean of ").append(histogram.count()).append(", ");
        }
        Provenance provenance = reading.provenance();
        origin.append(provenance.source());
        if (provenance.trust() != Trust.EXACT) {
            origin.append(" (")
                    .append(provenance.trust().name().toLowerCase(Locale.ROOT))
                    .append(')');
        }
        if (!provenance.note().isEmpty()) {
            origin.append(" [").append(numberOf(provenance.note())).append(']');
        }
        if (reading instanceof Reading.Failed<?> failed) {
            origin.append(": ").append(failed.message());
        }
        return origin.toString();
    }

    private int numberOf(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
        return notes.indexOf(note) + 1;
    }

    void printNotes() {
        out.println();
        for (String note : notes) {
            out.printf("[%d] %s%n", numberOf(note), note);
        }
    }

    void printCoverage(Coverage coverage) {
        out.printf(
                "%n%s found, %d unmapped, %s; %s absent",
                Texts.count(coverage.found().size(), "family", "families"),
                coverage.unmapped().size(),
                Texts.count(coverage.foreign().size(), "foreign name", "foreign names"),
                Texts.count(coverage.absent().size(), "metric", "metrics"));
        out.printf(withAbsent ? "%n" : " (--all says why)%n");
        if (!coverage.unmapped().isEmpty()) {
            out.println("unmapped: " + String.join(" ", coverage.unmapped()));
        }
        if (coverage.skippedLines() > 0) {
            out.println(Texts.count(coverage.skippedLines(), "line", "lines") + " skipped, such as "
                    + coverage.firstSkipped());
        }
        if (coverage.duplicateSeries() > 0) {
            out.println(Texts.count(coverage.duplicateSeries(), "sample", "samples")
                    + " left out, whose series had already come in this body");
        }
        coverage.notes().forEach(note -> out.println("note: " + note));
    }
}
