package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.Reads.absence;
import static io.inferencemetrics.nvml.internal.Reads.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.LocalTransport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every way to bind the library reads from one that C laid out. */
abstract class BindingContract {
    @TempDir
    private static Path folder;

    /** Binds a library in the way that is tested. */
    abstract Nvml bind(String library);

    private Nvml current() {
        return bind(Stub.compiled(folder).path());
    }

    @Test
    void whatCWritesIsRead() {
        MetricsSnapshot s = snapshot(current());
        assertThat(s.devices()).containsOnlyKeys("GPU-stub-a", "GPU-stub-b");
        MetricsSnapshot b = s.where(Dimension.GPU, "GPU-stub-b");
        assertThat(b.text(GpuMetrics.NAME)).contains("Stub B");
        assertThat(b.text(GpuMetrics.PCI_ID)).contains("00000000:11:00.0");
        assertThat(b.text(GpuMetrics.DRIVER_VERSION)).contains("570.86.15");
        assertThat(b.value(GpuMetrics.UTILIZATION)).isEqualTo(0.71);
        assertThat(b.value(GpuMetrics.MEMORY_UTILIZATION)).isEqualTo(0.2);
        assertThat(b.value(GpuMetrics.MEMORY_RESERVED)).isEqualTo(5e8);
        assertThat(b.value(GpuMetrics.TEMPERATURE)).isEqualTo(55);
        assertThat(b.value(GpuMetrics.TEMPERATURE_MARGIN)).isEqualTo(-2);
        assertThat(b.value(GpuMetrics.TEMPERATURE_MAX_OPERATING)).isEqualTo(93);
        assertThat(b.value(GpuMetrics.POWER)).isCloseTo(311.501, within(1e-9));
        assertThat(b.value(GpuMetrics.POWER_LIMIT)).isEqualTo(4_000_000);
        assertThat(b.value(GpuMetrics.POWER_LIMIT_MAX)).isEqualTo(700);
        assertThat(b.value(GpuMetrics.ENERGY) * 1000).isCloseTo(0x123456789abdL, within(0.1));
        assertThat(b.value(GpuMetrics.CLOCK)).isEqualTo(1_001e6);
        assertThat(b.value(GpuMetrics.VIDEO_CLOCK_MAX)).isEqualTo(2_003e6);
        assertThat(b.value(GpuMetrics.ECC_UNCORRECTED_LIFETIME)).isEqualTo(11);
        assertThat(b.value(GpuMetrics.REMAPPED_ROWS_UNCORRECTED)).isEqualTo(2);
        assertThat(b.value(GpuMetrics.ENCODER_UTILIZATION)).isEqualTo(0.05);
        assertThat(b.value(GpuMetrics.MEMORY_TEMPERATURE)).isEqualTo(61);
        assertThat(b.value(GpuMetrics.RETIRED_PAGES_CORRECTED)).isEqualTo(1.5);
        assertThat(b.value(GpuMetrics.RETIRED_PAGES_PENDING)).isEqualTo(-3);
        assertThat(b.value(GpuMetrics.LINK_SENT)).isEqualTo(138_000.0 * 1024);
        assertThat(b.value(GpuMetrics.LINKS_ACTIVE)).isEqualTo(3);
        assertThat(b.value(GpuMetrics.BUSY_TIME)).isEqualTo(0.2);
        assertThat(absence(b, GpuMetrics.SYNC_BOOST_THROTTLE_TIME)).isEqualTo(Absence.NOT_SUPPORTED);
        MetricsSnapshot process = b.where(Dimension.PROCESS, "4000000000");
        assertThat(process.value(GpuMetrics.PROCESS_MEMORY)).isEqualTo(5e10);
        assertThat(process.text(GpuMetrics.PROCESS_NAME)).contains("python3 -m vllm");
        assertThat(b.where(Dimension.PROCESS, "12").value(GpuMetrics.PROCESS_MEMORY))
                .isNaN();
    }

    @Test
    void anOldDriverLacksMetricsAndNothingElse() {
        MetricsSnapshot s = snapshot(bind(Stub.compiled(folder, "-DOLD_DRIVER").path()));
        assertThat(s.value(GpuMetrics.TEMPERATURE)).isEqualTo(45);
        assertThat(s.value(GpuMetrics.MEMORY_TOTAL)).isEqualTo(2 * 85_899_345_920.0);
        assertThat(absence(s, GpuMetrics.MEMORY_RESERVED)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(absence(s, GpuMetrics.REMAPPED_ROWS_PENDING)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(absence(s, GpuMetrics.TEMPERATURE_MARGIN)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(s.where(Dimension.REASON, "power_cap").value(GpuMetrics.CLOCK_REASON))
                .isEqualTo(1);
        assertThat(s.value(GpuMetrics.PROCESSES)).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(NvmlFunction.class)
    void anyFunctionMayFailByItself(NvmlFunction function) {
        Stub stub = Stub.compiled(folder).script(function.symbol() + " 999");
        Nvml nvml = bind(stub.path());
        if (function == NvmlFunction.INIT || function == NvmlFunction.COUNT) {
            assertThatThrownBy(() -> Reads.open(nvml)).isInstanceOf(CollectException.class);
        } else if (function == NvmlFunction.HANDLE) {
            assertThat(absence(snapshot(nvml), GpuMetrics.UP)).isEqualTo(Absence.UNKNOWN);
        } else {
            assertThat(snapshot(nvml).value(GpuMetrics.UP)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 15, 999})
    void eachStatusComesThrough(int status) {
        Stub stub = Stub.compiled(folder).script("devices 1", "nvmlDeviceGetPowerUsage " + status);
        MetricsSnapshot s = snapshot(bind(stub.path()));
        assertThat(absence(s, GpuMetrics.POWER)).isEqualTo(Status.absence(status));
        assertThat(s.value(GpuMetrics.UP)).isEqualTo(status == Status.GPU_IS_LOST ? 0 : 1);
    }

    @Test
    void aDeviceThatIsLostIsSeenInTheNextRead() {
        Stub stub = Stub.compiled(folder).script("devices 1");
        try (LocalTransport transport = Reads.open(bind(stub.path()))) {
            assertThat(snapshot(transport).value(GpuMetrics.UP)).isEqualTo(1);
            stub.script("devices 1", "nvmlDeviceGetUtilizationRates 15");
            assertThat(snapshot(transport).value(GpuMetrics.UP)).isZero();
        }
    }

    @Test
    void thePartsOfTheChipAreReadWhereThatIsAskedFor() {
        System.setProperty(Performance.PROPERTY, "true");
        try (LocalTransport transport = Reads.open(current())) {
            MetricsSnapshot first = snapshot(transport);
            assertThat(absence(first, GpuMetrics.MATRIX_ACTIVE)).isEqualTo(Absence.UNKNOWN);
            MetricsSnapshot next = first;
            // a sample is taken a tenth of a second after the last
            for (int i = 0; i < 10_000 && Double.isNaN(next.value(GpuMetrics.MATRIX_ACTIVE)); i++) {
                next = snapshot(transport);
            }
            assertThat(next.value(GpuMetrics.MATRIX_ACTIVE)).isEqualTo(0.055);
            assertThat(next.value(GpuMetrics.MEMORY_BANDWIDTH_UTILIZATION)).isCloseTo(0.105, within(1e-9));
            assertThat(absence(next, GpuMetrics.FP16_ACTIVE)).isEqualTo(Absence.NOT_SUPPORTED);
        } finally {
            System.clearProperty(Performance.PROPERTY);
        }
    }

    @Test
    void whatIsNoLibraryIsAnErrorOfLinking() {
        assertThatThrownBy(() -> bind(folder.resolve("none.so").toString()))
                .isInstanceOfAny(LinkageError.class, IllegalArgumentException.class);
    }
}
