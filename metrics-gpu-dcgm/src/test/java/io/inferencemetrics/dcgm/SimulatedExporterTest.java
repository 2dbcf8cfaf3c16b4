package io.inferencemetrics.dcgm;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.SimulatedEngine;
import org.junit.jupiter.api.Test;

class SimulatedExporterTest {
    @Test
    void aSimulatedExporterIsReadWithNothingLeftOver() {
        try (SimulatedEngine exporter = SimulatedEngine.dcgmExporter(8).busy().start()) {
            MetricsSnapshot s = Collectors.forGpu("dcgm").collect(exporter.url());
            assertThat(s.coverage().unmapped()).isEmpty();
            assertThat(s.devices()).hasSize(8);
            assertThat(s.value(GpuMetrics.POWER))
                    .isEqualTo(s.devices().values().stream()
                            .mapToDouble(device -> device.value(GpuMetrics.POWER))
                            .sum());
            assertThat(s.value(GpuMetrics.UTILIZATION)).isBetween(0.0, 1.0);
        }
    }
}
