package io.inferencemetrics.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.HostMetrics;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Series;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** This machine, beside what its {@code /proc} says to who reads it by himself. */
class LiveLinuxTest {
    private static final double TICK_SECONDS = 0.01;

    @BeforeEach
    void onLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux has /proc");
    }

    private static String text(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of the first line that begins so. */
    private static List<String> words(String path, String start) {
        return text(path)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .findFirst()
                .map(line -> Arrays.asList(line.split("\\s+")))
                .orElseThrow();
    }

    private static double number(String path, String start, int word) {
        return Double.parseDouble(words(path, start).get(word));
    }

    private static double valueOf(Collector collector, CounterMetric metric) {
        return collector.collect().value(metric);
    }

    /** A counter lies between what it was before and what it is after. */
    private static void between(CounterMetric metric, Supplier<Double> independent) {
        try (Collector collector = Collectors.forHost().select("self").open()) {
            double before = independent.get();
            double value = valueOf(collector, metric);
            assertThat(value).isBetween(before, independent.get());
        }
    }

    @Test
    void whatDoesNotChangeIsWhatTheKernelSays() {
        MetricsSnapshot s = Collectors.forHost().collect();
        assertThat(s.value(HostMetrics.MEMORY_TOTAL)).isEqualTo(1024 * number("/proc/meminfo", "MemTotal:", 1));
        assertThat(s.value(HostMetrics.SWAP_TOTAL)).isEqualTo(1024 * number("/proc/meminfo", "SwapTotal:", 1));
        assertThat(s.text(HostMetrics.NAME))
                .contains(text("/proc/sys/kernel/hostname").strip());
        long processors = text("/proc/stat")
                .lines()
                .filter(line -> line.matches("cpu[0-9].*"))
                .count();
        assertThat(s.value(HostMetrics.CPU_COUNT)).isEqualTo(processors);
        assertThat(s.series(HostMetrics.CPU_TIME)).hasSize((int) processors);
        assertThat(s.value(HostMetrics.UPTIME))
                .isCloseTo(Double.parseDouble(text("/proc/uptime").split(" ")[0]), within(30.0));
    }

    @Test
    void aMachineThatRunsHasNothingUnexplained() {
        MetricsSnapshot s = Collectors.forHost().select("self").collect();
        assertThat(s.coverage().unmapped()).isEmpty();
        assertThat(s.coverage().skippedLines()).isZero();
        assertThat(s.coverage().foreign()).isEmpty();
        assertThat(s.metric("host_part_failed").map(s::reading).orElseThrow()).isInstanceOf(Reading.Absent.class);
        for (Series<Double> core : s.series(HostMetrics.CPU_BUSY_TIME)) {
            assertThat(core.dimensions()).containsOnlyKeys(Dimension.CORE.name());
        }
        assertThat(s.value(HostMetrics.CPU_UTILIZATION)).isBetween(0.0, 1.0);
        assertThat(s.value(HostMetrics.MEMORY_AVAILABLE)).isBetween(1.0, s.value(HostMetrics.MEMORY_TOTAL));
        assertThat(s.value(HostMetrics.LOAD_1M)).isNotNegative();
    }

    @Test
    void processorTimeIsThatOfProcStat() {
        // user, nice, system, irq, softirq; the kernel rounds each core by itself
        double rounding = TICK_SECONDS * 5 * Runtime.getRuntime().availableProcessors();
        between(HostMetrics.CPU_BUSY_TIME, new Supplier<>() {
            private double sign = -1;

            @Override
            public Double get() {
                List<String> cpu = words("/proc/stat", "cpu ");
                double ticks = Stream.of(1, 2, 3, 6, 7)
                        .mapToDouble(i -> Double.parseDouble(cpu.get(i)))
                        .sum();
                double value = ticks * TICK_SECONDS + sign * rounding;
                sign = 1;
                return value;
            }
        });
    }

    @Test
    void diskTrafficIsThatOfDiskstats() {
        Supplier<Double> sectors = () -> text("/proc/diskstats")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> new File("/sys/block/" + words[2] + "/device").exists())
                .mapToDouble(words -> 512 * Double.parseDouble(words[5]))
                .sum();
        assumeTrue(sectors.get() > 0, "this machine shows no disk");
        between(HostMetrics.DISK_READ, sectors);
    }

    @Test
    void networkTrafficIsThatOfProcNetDev() {
        boolean device = new File("/sys/class/net/eth0/device").exists();
        assumeTrue(device, "this machine has no interface eth0 with a device");
        Supplier<Double> received = () -> number("/proc/net/dev", "eth0:", 1);
        try (Collector collector = Collectors.forHost().open()) {
            double before = received.get();
            MetricsSnapshot eth0 = collector.collect().where(Dimension.INTERFACE, "eth0");
            assertThat(eth0.value(HostMetrics.NETWORK_RECEIVED)).isBetween(before, received.get());
        }
    }

    @Test
    void pressureIsThatOfTheKernel() {
        assumeTrue(Files.isReadable(Path.of("/proc/pressure/cpu")), "this kernel tells no pressure");
        between(
                HostMetrics.CPU_PRESSURE_TIME,
                () -> Double.parseDouble(
                                words("/proc/pressure/cpu", "some").get(4).substring("total=".length()))
                        / 1_000_000);
    }

    @Test
    void thisProcessIsReadAsItKnowsItself() {
        MetricsSnapshot s = Collectors.forHost().select("self").collect();
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertThat(s.series(HostMetrics.PROCESS_THREADS))
                .singleElement()
                .satisfies(series -> assertThat(series.dimensions()).containsEntry(Dimension.PROCESS.name(), pid));
        assertThat(s.text(HostMetrics.PROCESS_NAME))
                .contains(text("/proc/self/comm").strip());
        assertThat(s.value(HostMetrics.PROCESS_MEMORY))
                .isCloseTo(1024 * number("/proc/self/status", "VmRSS:", 1), within(200e6));
        assertThat(s.value(HostMetrics.PROCESS_OPEN_FILES_LIMIT))
                .isEqualTo(number("/proc/self/limits", "Max open files", 3));
        assertThat(s.value(HostMetrics.PROCESS_OPEN_FILES)).isPositive();
        assertThat(s.value(HostMetrics.PROCESS_CPU_TIME)).isPositive();
        assertThat(s.value(HostMetrics.PROCESS_START_TIME))
                .isCloseTo(
                        ProcessHandle.current()
                                        .info()
                                        .startInstant()
                                        .orElseThrow()
                                        .toEpochMilli()
                                / 1_000.0,
                        within(2.0));
    }

    @Test
    void aProcessThatEndsIsSaidToBeGoneAndItsParentToHaveLostIt() throws IOException, InterruptedException {
        Process child = new ProcessBuilder("cat").start();
        String pid = String.valueOf(child.pid());
        try (Collector one = Collectors.forHost().select(pid).open();
                Collector family = Collectors.forHost().select("self+").open()) {
            assertThat(one.collect().text(HostMetrics.PROCESS_NAME)).contains("cat");
            assertThat(children(family.collect())).contains(pid);
            child.destroy();
            child.waitFor();
            assertThat(one.collect().reading(HostMetrics.PROCESS_MEMORY)).isInstanceOf(Reading.Absent.class);
            assertThat(children(family.collect())).doesNotContain(pid);
        } finally {
            child.destroyForcibly();
        }
        assertThatThrownBy(() -> Collectors.forHost().select(pid).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no process " + pid);
    }

    private static List<String> children(MetricsSnapshot s) {
        return s.series(HostMetrics.PROCESS_MEMORY).stream()
                .map(series -> String.valueOf(series.dimensions().get(Dimension.PROCESS.name())))
                .toList();
    }
}
