package io.inferencemetrics.cli;

import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.Window;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * Devices as a table for people who watch: a row for each device and each part of one, a column for what has a value somewhere.
 * What is a rate comes from the window; where there is no counter for it, from what the device says of itself.
 */
final class GpuRows {
    private static final double MEGA = 1e6;
    private static final double GIBI = 1024.0 * 1024 * 1024;

    private static final List<Column> COLUMNS = List.of(
            new Column("busy", (s, w) -> percent(rate(w, GpuMetrics.BUSY_TIME, s, GpuMetrics.UTILIZATION))),
            new Column("sm", (s, w) -> percent(value(s, GpuMetrics.COMPUTE_ACTIVE))),
            new Column("tensor", (s, w) -> percent(value(s, GpuMetrics.MATRIX_ACTIVE))),
            new Column("mem busy", (s, w) -> percent(memoryBusy(s, w))),
            new Column("mem GiB", (s, w) -> memory(s)),
            new Column("watts", (s, w) -> number("%.1f", watts(s, w), 1)),
            new Column("temp C", (s, w) -> number("%.0f", value(s, GpuMetrics.TEMPERATURE), 1)),
            new Column("MHz", (s, w) -> number("%.0f", value(s, GpuMetrics.CLOCK), MEGA)),
            new Column(
                    "pcie out MB/s",
                    (s, w) -> number("%.1f", rate(w, GpuMetrics.PCIE_SENT, s, GpuMetrics.PCIE_TX), MEGA)),
            new Column(
                    "pcie in MB/s",
                    (s, w) -> number("%.1f", rate(w, GpuMetrics.PCIE_RECEIVED, s, GpuMetrics.PCIE_RX), MEGA)),
            new Column(
                    "link out MB/s",
                    (s, w) -> number("%.1f", rate(w, GpuMetrics.LINK_SENT, s, GpuMetrics.LINK_TX), MEGA)),
            new Column(
                    "link in MB/s",
                    (s, w) -> number("%.1f", rate(w, GpuMetrics.LINK_RECEIVED, s, GpuMetrics.LINK_RX), MEGA)),
            new Column("processes", (s, w) -> number("%.0f", value(s, GpuMetrics.PROCESSES), 1)),
            new Column("errors", (s, w) -> number("%.0f", value(s, GpuMetrics.ERRORS), 1)),
            new Column("held by", (s, w) -> reasons(s)));

    private final PrintWriter out;
    private String header = "";

    private record Column(String title, BiFunction<MetricsSnapshot, Optional<Window>, String> cell) {}

    /** A device or a part of one, as it is now and as it was over a window. */
    record Row(String name, MetricsSnapshot now, Optional<Window> window) {}

    GpuRows(PrintWriter out) {
        this.out = out;
    }

    /**
     * The devices of a snapshot and their parts, by how people call them.
     *
     * @param devices those that are wanted, by their ids
     */
    static List<Row> of(Map<String, MetricsSnapshot> devices, Optional<Window> window) {
        List<Row> rows = new ArrayList<>();
        devices.forEach((id, device) -> {
            String name = Devices.name(device, id);
            Optional<Window> own = window.map(w -> w.where(Dimension.GPU, id));
            rows.add(new Row(name, device, own));
            for (String part : device.values(Dimension.GPU_INSTANCE)) {
                rows.add(new Row(
                        name + "/" + part,
                        device.where(Dimension.GPU_INSTANCE, part),
                        own.map(w -> w.where(Dimension.GPU_INSTANCE, part))));
            }
        });
        return rows;
    }

    /**
     * Prints the rows; the titles only where they are not those of the table before.
     *
     * @param lead what each line begins with, such as the time
     */
    void print(String lead, List<Row> rows) {
        Map<Column, List<String>> cells = cells(rows);
        StringBuilder titles = new StringBuilder(" ".repeat(lead.length()) + String.format("%-8s", "gpu"));
        cells.forEach((column, texts) -> titles.append(padded(column.title, width(column, texts))));
        if (!header.contentEquals(titles)) {
            header = titles.toString();
            out.println(header.stripTrailing());
        }
        for (int row = 0; row < rows.size(); row++) {
            StringBuilder line = new StringBuilder(lead + String.format("%-8s", rows.get(row).name));
            for (Map.Entry<Column, List<String>> column : cells.entrySet()) {
                String cell = column.getValue().get(row);
                line.append(padded(cell.isEmpty() ? "-" : cell, width(column.getKey(), column.getValue())));
            }
            out.println(line);
        }
    }

    private static Map<Column, List<String>> cells(List<Row> rows) {
        Map<Column, List<String>> cells = new LinkedHashMap<>();
        for (Column column : COLUMNS) {
            List<String> texts = rows.stream()
                    .map(row -> column.cell.apply(row.now, row.window))
                    .toList();
            if (texts.stream().anyMatch(text -> !text.isEmpty())) {
                cells.put(column, texts);
            }
        }
        return cells;
    }

    /** A number may get longer from one table to the next without the titles moving. */
    private static int width(Column column, List<String> texts) {
        int longest = texts.stream().mapToInt(String::length).max().orElse(0);
        return Math.max(Math.max(7, column.title.length()), longest);
    }

    private static String padded(String text, int width) {
        return String.format("  %" + width + "s", text);
    }

    private static OptionalDouble value(MetricsSnapshot snapshot, NumericMetric metric) {
        double value = snapshot.value(metric);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** What a counter says over the window; else what the device says of itself, the mean of it where that has one. */
    private static OptionalDouble rate(
            Optional<Window> window, CounterMetric counter, MetricsSnapshot snapshot, NumericMetric instead) {
        double rate = window.map(w -> w.rate(counter).value()).orElse(Double.NaN);
        if (!Double.isNaN(rate)) {
            return OptionalDouble.of(rate);
        }
        return mean(window, snapshot, instead);
    }

    private static OptionalDouble mean(Optional<Window> window, MetricsSnapshot snapshot, NumericMetric metric) {
        return window.filter(w -> metric instanceof GaugeMetric)
                .map(w -> w.gauge(metric).mean())
                .filter(mean -> !Double.isNaN(mean))
                .map(OptionalDouble::of)
                .orElseGet(() -> value(snapshot, metric));
    }

    /** By its power, for an exporter moves the counter of energy in steps of half a minute; by the counter where no power is told. */
    private static OptionalDouble watts(MetricsSnapshot snapshot, Optional<Window> window) {
        OptionalDouble power = mean(window, snapshot, GpuMetrics.POWER);
        return power.isPresent() ? power : rate(window, GpuMetrics.ENERGY, snapshot, GpuMetrics.POWER_INSTANT);
    }

    private static OptionalDouble memoryBusy(MetricsSnapshot snapshot, Optional<Window> window) {
        OptionalDouble bandwidth = value(snapshot, GpuMetrics.MEMORY_BANDWIDTH_UTILIZATION);
        return bandwidth.isPresent()
                ? bandwidth
                : rate(window, GpuMetrics.MEMORY_BUSY_TIME, snapshot, GpuMetrics.MEMORY_UTILIZATION);
    }

    private static String percent(OptionalDouble share) {
        return number("%.1f%%", share, 0.01);
    }

    private static String number(String format, OptionalDouble value, double unit) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble() / unit) : "";
    }

    private static String memory(MetricsSnapshot snapshot) {
        String used = number("%.1f", value(snapshot, GpuMetrics.MEMORY_USED), GIBI);
        String total = number("/%.1f", value(snapshot, GpuMetrics.MEMORY_TOTAL), GIBI);
        return used.isEmpty() ? "" : used + total;
    }

    private static String reasons(MetricsSnapshot snapshot) {
        List<String> holding = snapshot.series(GpuMetrics.CLOCK_REASON).stream()
                .filter(series -> series.value() == 1)
                .flatMap(series -> series.dimension(Dimension.REASON).stream())
                .toList();
        return String.join(",", holding);
    }
}
