package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.spi.LocalTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes down what the driver's library of this machine answers for each field, and what a read costs beside starting
 * nvidia-smi; nothing that tells machines or processes apart is in it.
 *
 * <pre>{@code
 * java -cp 'metrics-gpu-nvml/target/test-classes:metrics-cli/target/lib/*' \
 *     io.inferencemetrics.nvml.internal.FieldReport docs/nvml-field-report.md
 * }</pre>
 */
final class FieldReport {
    private static final Set<Metric<?>> SECRET = Set.of(GpuMetrics.UUID, GpuMetrics.PROCESS_NAME, GpuMetrics.PCI_ID);
    private static final int READS = 200;
    private static final int STARTS = 10;
    private static final long BETWEEN_MILLIS = 1_500;

    private final StringBuilder text = new StringBuilder();
    private final String nvidiaSmi;
    private final int reads;

    /**
     * Prepares a report.
     *
     * @param nvidiaSmi the program that a read is compared with
     * @param reads of which the cost is the median
     */
    FieldReport(String nvidiaSmi, int reads) {
        this.nvidiaSmi = nvidiaSmi;
        this.reads = reads;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path to = Path.of(args.length > 0 ? args[0] : "docs/nvml-field-report.md");
        Files.writeString(to, new FieldReport("nvidia-smi", READS).write(Libraries::open, Libraries::openThroughJna));
        System.out.println("written: " + to.toAbsolutePath());
    }

    String write(Supplier<Nvml> usual, Supplier<Nvml> jna) throws InterruptedException {
        writeTitle();
        try (LocalTransport transport = Reads.openAlso(usual.get(), Extra.values())) {
            Reads.snapshot(transport);
            Thread.sleep(BETWEEN_MILLIS);
            MetricsSnapshot snapshot = Reads.snapshot(transport);
            writeMachine(snapshot);
            writeFields(snapshot);
        }
        line("");
        line("## What a read costs");
        line("");
        line("Median of " + reads + " reads of all devices, to the snapshot; of nvidia-smi, of " + STARTS + " starts.");
        line("");
        line("| way | milliseconds |");
        line("| --- | ---: |");
        writeCost("the binding of this Java", usual);
        writeCost("JNA", jna);
        writeStarts();
        return text.toString();
    }

    private void writeTitle() {
        line("# What NVML answers");
        line("");
        String other = System.getProperty(Libraries.PROPERTY, "");
        if (!other.isEmpty()) {
            line("**Not the driver's library: " + Path.of(other).getFileName() + " was named by a system property.**");
            line("");
        }
        line("Written by `FieldReport` on " + LocalDate.now(ZoneOffset.UTC) + ", Java "
                + Runtime.version().feature() + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ".");
        line("");
    }

    private void writeMachine(MetricsSnapshot snapshot) {
        line("Driver " + snapshot.text(GpuMetrics.DRIVER_VERSION).orElse("?") + ", CUDA "
                + snapshot.text(GpuMetrics.RUNTIME_VERSION).orElse("?") + ", "
                + snapshot.devices().size() + " device(s).");
        line("");
    }

    private void writeFields(MetricsSnapshot snapshot) {
        List<MetricsSnapshot> columns = snapshot.devices().values().stream().toList();
        String names = columns.stream()
                .map(device -> device.text(GpuMetrics.NAME).orElse("?"))
                .collect(Collectors.joining(" | "));
        line("| field | source | " + names + " |");
        line("| --- | --- |" + " ---: |".repeat(columns.size()));
        for (Metric<?> metric : snapshot.metrics()) {
            String cells =
                    columns.stream().map(device -> cell(device.reading(metric))).collect(Collectors.joining(" | "));
            String source = snapshot.reading(metric).provenance().source();
            line("| `" + metric.name() + "` | " + (source.isEmpty() ? "" : "`" + source + "`") + " | " + cells + " |");
        }
        line("");
        line("Parts (MIG): " + snapshot.values(Dimension.GPU_INSTANCE).size() + ". Families: "
                + snapshot.coverage().found().size() + ", unmapped "
                + snapshot.coverage().unmapped().size() + ".");
    }

    private static String cell(Reading<?> reading) {
        if (reading instanceof Reading.Absent<?> absent) {
            return absent.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        if (reading instanceof Reading.Value<?> value) {
            return SECRET.contains(reading.metric()) ? "there" : String.valueOf(value.value());
        }
        return reading.getClass().getSimpleName();
    }

    private void writeCost(String way, Supplier<Nvml> library) {
        double[] millis = new double[reads];
        try (LocalTransport transport = Reads.open(library.get())) {
            for (int i = 0; i < reads; i++) {
                long start = System.nanoTime();
                Reads.snapshot(transport);
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        } catch (LinkageError e) {
            line("| " + way + " | not there |");
            return;
        }
        writeMedian(way, millis);
    }

    private void writeStarts() throws InterruptedException {
        String query = SmiColumn.NUMBERS.stream().map(SmiColumn::query).collect(Collectors.joining(","));
        double[] millis = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long start = System.nanoTime();
            try {
                Process process = new ProcessBuilder(nvidiaSmi, "--query-gpu=" + query, "--format=csv")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(1, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    line("| starting nvidia-smi | not ended within a minute |");
                    return;
                }
            } catch (IOException e) {
                line("| starting nvidia-smi | not there |");
                return;
            }
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        writeMedian("starting nvidia-smi", millis);
    }

    private void writeMedian(String way, double... millis) {
        Arrays.sort(millis);
        line(String.format(Locale.ROOT, "| %s | %.3f |", way, millis[millis.length / 2]));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
