package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.spi.LocalTransport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver's own library, through both bindings, beside what nvidia-smi says; skipped where there is no NVIDIA GPU. */
class DriverIT {
    /** What does not move between one read and the next. */
    private static final List<Metric<?>> FIXED = List.of(
            GpuMetrics.NAME,
            GpuMetrics.UUID,
            GpuMetrics.PCI_ID,
            GpuMetrics.INDEX,
            GpuMetrics.DRIVER_VERSION,
            GpuMetrics.POWER_LIMIT_MAX,
            GpuMetrics.CLOCK_MAX,
            GpuMetrics.MEMORY_CLOCK_MAX,
            GpuMetrics.GRAPHICS_CLOCK_MAX,
            GpuMetrics.PCIE_GENERATION_MAX,
            GpuMetrics.PCIE_WIDTH_MAX,
            GpuMetrics.ECC_UNCORRECTED_LIFETIME,
            GpuMetrics.RETIRED_PAGES_PENDING);

    /** What does, and by how much it may differ. */
    private static final Map<NumericMetric, Double> MOVING = Map.of(
            GpuMetrics.MEMORY_TOTAL, 2.0 * 1024 * 1024,
            GpuMetrics.MEMORY_USED, 1e9,
            GpuMetrics.TEMPERATURE, 10.0,
            GpuMetrics.MEMORY_TEMPERATURE, 10.0,
            GpuMetrics.POWER, 300.0,
            GpuMetrics.POWER_LIMIT, 0.01,
            GpuMetrics.PERFORMANCE_STATE, 16.0,
            GpuMetrics.UTILIZATION, 1.0);

    private final SmiSource nvidiaSmi = new SmiSource();

    @BeforeEach
    void whereThereIsADriver() {
        assumeTrue(System.getProperty(Libraries.PROPERTY) == null, "another library than the driver's is named");
        Optional<String> why = new NvmlSource().unavailable();
        assumeTrue(why.isEmpty(), () -> "no NVIDIA GPU here: " + why.orElseThrow());
    }

    @Test
    void theLibrarySaysWhatNvidiaSmiSays() {
        Optional<String> why = nvidiaSmi.unavailable();
        assumeTrue(why.isEmpty(), () -> "no nvidia-smi here: " + why.orElseThrow());
        try (LocalTransport library = new NvmlSource().open("all");
                LocalTransport program = nvidiaSmi.open("all")) {
            Map<String, MetricsSnapshot> said = Reads.snapshot(program).devices();
            Map<String, MetricsSnapshot> read = Reads.snapshot(library).devices();
            assertThat(read.keySet()).isEqualTo(said.keySet());
            read.forEach((uuid, device) -> assertSame(device, Objects.requireNonNull(said.get(uuid))));
        }
    }

    private static void assertSame(MetricsSnapshot read, MetricsSnapshot said) {
        for (Metric<?> metric : FIXED) {
            assertThat(read.reading(metric).optional())
                    .as(metric.name())
                    .isEqualTo(said.reading(metric).optional());
        }
        MOVING.forEach((metric, tolerance) -> {
            boolean there = !Double.isNaN(said.value(metric));
            assertThat(!Double.isNaN(read.value(metric))).as(metric.name()).isEqualTo(there);
            if (there) {
                assertThat(read.value(metric)).as(metric.name()).isCloseTo(said.value(metric), within(tolerance));
            }
        });
    }

    @Test
    void bothBindingsFindTheSameFields() {
        assertThat(fields(Libraries.open())).isEqualTo(fields(Libraries.openThroughJna()));
    }

    /** What has a value, and why the rest has none. */
    private static Map<String, String> fields(Nvml nvml) {
        try (LocalTransport transport = Reads.openAlso(nvml, Extra.LINKS)) {
            MetricsSnapshot s = Reads.snapshot(transport);
            return s.metrics().stream()
                    .filter(metric -> !metric.name().contains("process"))
                    .collect(Collectors.toMap(
                            Metric::name,
                            metric -> metric instanceof TextMetric text
                                    ? s.text(text).orElse("")
                                    : s.reading(metric) instanceof Reading.Absent<?> absent
                                            ? absent.reason().name()
                                            : "there",
                            (one, other) -> one));
        }
    }

    @Test
    void nothingIsSaidThatIsNoReading() {
        Set<Absence> known = Set.of(
                Absence.NOT_SUPPORTED,
                Absence.NO_PERMISSION,
                Absence.LOST,
                Absence.OPTION_OFF,
                Absence.NOT_EXPOSED,
                Absence.AMBIGUOUS,
                Absence.UNKNOWN);
        try (LocalTransport transport = new NvmlSource().open("all")) {
            MetricsSnapshot s = Reads.snapshot(transport);
            assertThat(s.value(GpuMetrics.UP)).isEqualTo(1);
            assertThat(s.coverage().unmapped()).isEmpty();
            assertThat(s.coverage().skippedLines()).isZero();
            for (Metric<?> metric : GpuMetrics.all()) {
                Reading<?> reading = s.reading(metric);
                assertThat(reading).as(metric.name()).isNotInstanceOf(Reading.Failed.class);
                if (reading instanceof Reading.Absent<?> absent) {
                    assertThat(absent.reason()).as(metric.name()).isIn(known);
                }
            }
        }
    }
}
