package io.inferencemetrics.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Series;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.testkit.contract.BodyTransport;
import io.inferencemetrics.testkit.contract.Captures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Devices and their parts, seen in a snapshot that was stored. */
class StoredDevicesTest {
    private static final String SPLIT = """
            DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-a",modelName="A"} 300
            DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-a",modelName="A",GPU_I_PROFILE="1g.10gb",GPU_I_ID="7"} 100
            DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-a",modelName="A",GPU_I_PROFILE="2g.20gb",GPU_I_ID="3"} 150
            DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-a",modelName="A"} 116
            DCGM_FI_DEV_SM_CLOCK{gpu="0",UUID="GPU-a",modelName="A"} 1500
            DCGM_FI_DEV_SM_CLOCK{gpu="1",UUID="GPU-b",modelName="A"} 1400
            DCGM_FI_DEV_FB_USED{gpu="1",UUID="GPU-b",modelName="A",GPU_I_PROFILE="1g.10gb",GPU_I_ID="1"} 10
            DCGM_FI_DEV_FB_USED{gpu="1",UUID="GPU-b",modelName="A",GPU_I_PROFILE="1g.10gb",GPU_I_ID="2"} 20
            DCGM_FI_DEV_CLOCK_THROTTLE_REASONS{gpu="0",UUID="GPU-a"} 4
            """;

    private static MetricsSnapshot live(String body) {
        return Collectors.forGpu("dcgm")
                .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), "text/plain"))
                .collect("http://localhost:9400");
    }

    private static MetricsSnapshot stored(MetricsSnapshot snapshot) {
        return SnapshotJson.read(SnapshotJson.write(snapshot));
    }

    @Test
    void aDeviceThatIsSplitIsWhatItSaysOfItselfAndItsPartsStayReachable() {
        MetricsSnapshot a = stored(live(SPLIT)).where(Dimension.GPU, "GPU-a");
        assertThat(a.value(GpuMetrics.MEMORY_USED)).isEqualTo(300.0 * 1024 * 1024);
        assertThat(a.value(GpuMetrics.POWER)).isEqualTo(116);
        assertThat(a.where(Dimension.GPU_INSTANCE, "3").value(GpuMetrics.MEMORY_USED))
                .isEqualTo(150.0 * 1024 * 1024);
        assertThat(a.value(GpuMetrics.CLOCK_REASON)).isEqualTo(1);
    }

    @Test
    void partsWhoseDeviceSaysNothingAddUp() {
        MetricsSnapshot b = stored(live(SPLIT)).where(Dimension.GPU, "GPU-b");
        assertThat(b.value(GpuMetrics.MEMORY_USED)).isEqualTo(30.0 * 1024 * 1024);
        assertThat(b.text(GpuMetrics.NAME)).contains("A");
        assertThat(b.value(GpuMetrics.CLOCK)).isEqualTo(1_400e6);
    }

    @Test
    void everyDeviceAndPartOfRealBodiesReadsAsBeforeItWasStored() throws IOException {
        assertReadsTheSame(live(SPLIT));
        for (Path body : bodies()) {
            assertReadsTheSame(live(Files.readString(body)));
        }
    }

    @Test
    void partsAreLeftOutOnlyWhereTheirWholeIsTold() {
        List<Series<?>> apart =
                List.of(errors(2, Map.of("code", "79")), errors(1, Map.of("code", "79", "gpu_instance", "1")));
        assertThat(StoredSeries.combined(GpuMetrics.ERRORS, apart)).contains(3.0);
        List<Series<?>> whole = List.of(errors(5, Map.of()), errors(2, Map.of("code", "79")));
        assertThat(StoredSeries.combined(GpuMetrics.ERRORS, whole)).contains(5.0);
    }

    private static Series<?> errors(double count, Map<String, String> dimensions) {
        return new Series<>(dimensions, count);
    }

    private static List<Path> bodies() throws IOException {
        assumeTrue(Captures.shared().isPresent(), "no folder of real bodies beside the checkout");
        try (Stream<Path> files =
                Files.list(Captures.shared().orElseThrow().resolve("captures").resolve("dcgm"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("dcgm-"))
                    .toList();
        }
    }

    private static void assertReadsTheSame(MetricsSnapshot live) {
        MetricsSnapshot stored = stored(live);
        for (Dimension dimension : List.of(Dimension.GPU, Dimension.GPU_INSTANCE)) {
            for (String value : live.values(dimension)) {
                assertReadsTheSame(live.where(dimension, value), stored.where(dimension, value));
            }
        }
    }

    /** What is worked out of other numbers, and ratios of several things, are not stored with the numbers they came from. */
    private static void assertReadsTheSame(MetricsSnapshot live, MetricsSnapshot stored) {
        for (Metric<?> metric : GpuMetrics.all()) {
            boolean single = live.series(metric).size() == 1;
            boolean read = live.reading(metric).provenance().trust() != Trust.DERIVED;
            if (read && !stored.series(metric).isEmpty() && (single || !(metric instanceof RatioMetric))) {
                assertThat(stored.reading(metric).optional())
                        .as(metric.name())
                        .isEqualTo(live.reading(metric).optional());
            }
        }
    }
}
