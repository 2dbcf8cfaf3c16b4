package io.inferencemetrics.cli;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.io.PrintWriter;
import java.util.List;

/** Several snapshots side by side, a row for each metric that at least one of them has. */
final class ComparisonTable {
    private final PrintWriter out;

    ComparisonTable(PrintWriter out) {
        this.out = out;
    }

    void print(List<MetricsSnapshot> snapshots) {
        out.printf("%n%-26s %-9s", "metric", "unit");
        snapshots.forEach(snapshot -> out.printf(" %22s", snapshot.info().engine()));
        out.println();
        LlmMetrics.all().stream()
                .filter(metric -> snapshots.stream().anyMatch(s -> !(s.reading(metric) instanceof Reading.Absent)))
                .forEach(metric -> printRow(metric, snapshots));
    }

    private void printRow(Metric<?> metric, List<MetricsSnapshot> snapshots) {
        out.printf("%-26s %-9s", metric.name(), metric.unit().symbol());
        snapshots.forEach(snapshot -> out.printf(" %22s", Texts.reading(snapshot.reading(metric))));
        out.println();
    }
}
