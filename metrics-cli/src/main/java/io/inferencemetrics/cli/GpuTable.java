package io.inferencemetrics.cli;

import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Series;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What devices say as a table for people: a row for each metric, a column for each device and each part of one. */
final class GpuTable {
    private static final Set<Absence> TELLING =
            EnumSet.of(Absence.NOT_SUPPORTED, Absence.NO_PERMISSION, Absence.LOST, Absence.AMBIGUOUS);

    private final PrintWriter out;
    private final boolean withAbsent;
    private final SnapshotTable snapshots;

    GpuTable(PrintWriter out, boolean withAbsent) {
        this.out = out;
        this.withAbsent = withAbsent;
        this.snapshots = new SnapshotTable(out, withAbsent);
    }

    /**
     * Prints the devices.
     *
     * @param together whether a column says what they are together
     */
    void print(MetricsSnapshot snapshot, Map<String, MetricsSnapshot> devices, boolean together) {
        snapshots.printHead(snapshot.info(), snapshot.coverage());
        devices.forEach((id, device) -> printDevice(id, device));
        Map<String, MetricsSnapshot> columns = columns(devices);
        if (together && columns.size() != 1) {
            Map<String, MetricsSnapshot> all = new LinkedHashMap<>();
            all.put("all", snapshot);
            all.putAll(columns);
            columns = all;
        }
        printRows(snapshot, columns);
        snapshots.printNotes();
        snapshots.printCoverage(snapshot.coverage());
    }

    /** What a part cannot say of its own is no more than a dash, unless all reasons are asked for. */
    private String cell(Reading<?> reading) {
        return !withAbsent && reading instanceof Reading.Absent<?> absent && !TELLING.contains(absent.reason())
                ? "-"
                : Texts.reading(reading);
    }

    private static Map<String, MetricsSnapshot> columns(Map<String, MetricsSnapshot> devices) {
        Map<String, MetricsSnapshot> columns = new LinkedHashMap<>();
        devices.forEach((id, device) -> {
            String name = "gpu " + Devices.name(device, id);
            columns.put(name, device);
            for (String part : device.values(Dimension.GPU_INSTANCE)) {
                columns.put(name + "/" + part, device.where(Dimension.GPU_INSTANCE, part));
            }
        });
        return columns;
    }

    private void printDevice(String id, MetricsSnapshot device) {
        out.printf("gpu %s: %s %s", Devices.name(device, id), text(device, GpuMetrics.NAME), id);
        printFact(" at %s", device, GpuMetrics.PCI_ID);
        printFact(", driver %s", device, GpuMetrics.DRIVER_VERSION);
        printFact(", pod %s", device, GpuMetrics.POD);
        out.println();
        device.series(GpuMetrics.INSTANCE_PROFILE)
                .forEach(part -> out.printf(
                        "  part %s: %s%n",
                        part.dimension(Dimension.GPU_INSTANCE).orElse(""), part.value()));
        List<String> reasons = device.series(GpuMetrics.CLOCK_REASON).stream()
                .filter(series -> series.value() == 1)
                .flatMap(series -> series.dimension(Dimension.REASON).stream())
                .toList();
        if (!reasons.isEmpty()) {
            out.println("  clocks held down by " + String.join(", ", reasons));
        }
        printProcesses(device);
    }

    private void printProcesses(MetricsSnapshot device) {
        Map<String, String> lines = new LinkedHashMap<>();
        device.series(GpuMetrics.PROCESS_NAME).forEach(name -> lines.put(process(name), " " + name.value()));
        device.series(GpuMetrics.PROCESS_MEMORY)
                .forEach(memory ->
                        lines.merge(process(memory), ": " + Texts.number(memory.value()) + " bytes", String::concat));
        lines.forEach((process, line) -> out.println("  process " + process + line));
    }

    private static String process(Series<?> series) {
        return series.dimension(Dimension.PROCESS).orElse("");
    }

    private void printFact(String format, MetricsSnapshot device, TextMetric metric) {
        device.text(metric).ifPresent(text -> out.printf(format, text));
    }

    private static String text(MetricsSnapshot device, TextMetric metric) {
        return device.text(metric).orElse("");
    }

    private void printRows(MetricsSnapshot snapshot, Map<String, MetricsSnapshot> columns) {
        List<Metric<?>> rows = SnapshotTable.canonical(snapshot)
                .filter(metric -> !(metric instanceof TextMetric) && !metric.equals(GpuMetrics.INDEX))
                .filter(metric -> withAbsent
                        || columns.values().stream().anyMatch(c -> !(c.reading(metric) instanceof Reading.Absent)))
                .toList();
        int width =
                rows.stream().mapToInt(metric -> metric.name().length()).max().orElse(0);
        out.printf("%n%-" + (width + 8) + "s", "");
        columns.keySet().forEach(name -> out.printf(" %16s", name));
        out.println();
        for (Metric<?> metric : rows) {
            out.printf("%-" + width + "s %-7s", metric.name(), metric.unit().symbol());
            columns.values().forEach(column -> out.printf(" %16s", cell(column.reading(metric))));
            out.println("  " + snapshots.origin(snapshot.reading(metric)));
        }
    }
}
