package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.FakeNvml.FIRST;
import static io.inferencemetrics.nvml.internal.NvmlFunction.*;
import static io.inferencemetrics.nvml.internal.Reads.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.LocalTransport;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device that MIG has split, and its parts. */
class NvmlPartsTest {
    private final FakeNvml nvml = FakeNvml.withOneDevice();

    @Test
    void partsAreDevicesThatAreNeverAddedToTheirs() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1).putInt(8, 1)).number(MIG_COUNT, FIRST, 0, 7);
        nvml.part(0, 0x1100, "MIG-one", "NVIDIA H100 80GB HBM3 MIG 1g.10gb", 7, 100);
        nvml.part(3, 0x1300, "MIG-two", "NVIDIA H100 80GB HBM3 MIG 2g.20gb", 2, 250);
        nvml.on(MEMORY_V2, FIRST, 0, 0, out -> out.putLong(32, 1_000));
        nvml.number(POWER, FIRST, 0, 90_000);
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(1_000);
        assertThat(s.value(GpuMetrics.POWER)).isEqualTo(90);
        MetricsSnapshot two = s.where(Dimension.GPU_INSTANCE, "2");
        assertThat(two.value(GpuMetrics.MEMORY_USED)).isEqualTo(250);
        assertThat(two.text(GpuMetrics.INSTANCE_PROFILE)).contains("2g.20gb");
        assertThat(two.value(GpuMetrics.PROCESS_MEMORY)).isEqualTo(5);
    }

    @Test
    void aPartIsFoundAgainAfterItsDeviceWasSplitAnew() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1)).number(MIG_COUNT, FIRST, 0, 1);
        nvml.part(0, 0x1100, "MIG-one", "A MIG 1g.10gb", 7, 100);
        try (LocalTransport transport = Reads.open(nvml, "MIG-one", Map.of())) {
            assertThat(snapshot(transport).value(GpuMetrics.MEMORY_USED)).isEqualTo(100);
            nvml.text(UUID, 0x1100, "MIG-two");
            assertThat(snapshot(transport).value(GpuMetrics.MEMORY_USED)).isNaN();
            nvml.part(0, 0x1100, "MIG-one", "A MIG 2g.20gb", 3, 250);
            MetricsSnapshot again = snapshot(transport);
            assertThat(again.value(GpuMetrics.MEMORY_USED)).isEqualTo(250);
            assertThat(again.values(Dimension.GPU_INSTANCE)).containsExactly("3");
        }
    }

    @Test
    void partsAddUpWhereTheDeviceMayNotBeAskedForItsOwnMemory() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1)).number(MIG_COUNT, FIRST, 0, 2);
        nvml.part(0, 0x1100, "MIG-one", "A MIG 1g.10gb", 7, 100);
        nvml.part(1, 0x1200, "MIG-two", "A MIG 2g.20gb", 2, 250);
        nvml.on(MEMORY_V2, FIRST, 0, Status.NO_PERMISSION, out -> {});
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(350);
        assertThat(s.reading(GpuMetrics.MEMORY_USED).provenance().note())
                .contains("2 of 3 series have a value", "no permission");
    }
}
