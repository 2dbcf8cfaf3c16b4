package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Pressure: how long tasks waited for a resource, some of them or all at once (PSI, Linux 4.20 and newer).
 *
 * <p>That all tasks waited for a processor is not defined for a machine; the kernel writes 0 there, which is left out.
 */
final class PressurePart implements Part {
    private static final double MICROS = 1e6;

    private final KernelFiles files;

    PressurePart(KernelFiles files) {
        this.files = files;
    }

    /** A line such as {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=0}. */
    private record Line(String resource, String kind, KernelText file) {
        Said value(String key) {
            return file.text()
                    .lines()
                    .filter(line -> line.startsWith(kind + " "))
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .filter(word -> word.startsWith(key + "="))
                    .findFirst()
                    .map(word -> Said.number(word.substring(key.length() + 1)))
                    .orElseGet(file::nothing);
        }

        String[] labels() {
            return new String[] {"resource", resource, "kind", kind};
        }
    }

    @Override
    public String name() {
        return "the pressure";
    }

    @Override
    public void write(ExpositionWriter out) {
        KernelText memory = files.read("/proc/pressure/memory");
        KernelText io = files.read("/proc/pressure/io");
        List<Line> lines = List.of(
                new Line("cpu", "some", files.read("/proc/pressure/cpu")),
                new Line("memory", "some", memory),
                new Line("memory", "full", memory),
                new Line("io", "some", io),
                new Line("io", "full", io));
        Map<Line, Said> shares = new LinkedHashMap<>();
        Map<Line, Said> totals = new LinkedHashMap<>();
        lines.forEach(line -> shares.put(line, line.value("avg10")));
        lines.forEach(line -> totals.put(line, line.value("total").dividedBy(MICROS)));
        family(out, "host_pressure_percent", MetricType.GAUGE, shares);
        family(out, "host_pressure_seconds_total", MetricType.COUNTER, totals);
    }

    private static void family(ExpositionWriter out, String family, MetricType type, Map<Line, Said> values) {
        if (values.values().stream().anyMatch(said -> !said.equals(Said.NOTHING))) {
            out.family(family, type);
        }
        values.forEach((line, said) -> said.sample(out, line.labels()));
    }
}
