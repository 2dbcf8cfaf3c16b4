package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.FakeNvml.FIRST;
import static io.inferencemetrics.nvml.internal.FakeNvml.SECOND;
import static io.inferencemetrics.nvml.internal.NvmlFunction.*;
import static io.inferencemetrics.nvml.internal.Reads.absence;
import static io.inferencemetrics.nvml.internal.Reads.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.LocalTransport;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from a device, and why a value is not there. */
class NvmlReaderTest {
    private final FakeNvml nvml = FakeNvml.withOneDevice();

    @Test
    void whoTheDeviceIs() {
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.devices()).containsOnlyKeys("GPU-aaaa");
        assertThat(s.text(GpuMetrics.NAME)).contains("NVIDIA H100 80GB HBM3");
        assertThat(s.text(GpuMetrics.UUID)).contains("GPU-aaaa");
        assertThat(s.text(GpuMetrics.PCI_ID)).contains("00000000:00:00.0");
        assertThat(s.text(GpuMetrics.ARCHITECTURE)).contains("Hopper");
        assertThat(s.text(GpuMetrics.DRIVER_VERSION)).contains("570.86.15");
        assertThat(s.text(GpuMetrics.RUNTIME_VERSION)).contains("12.8");
        assertThat(s.value(GpuMetrics.INDEX)).isZero();
        assertThat(s.value(GpuMetrics.UP)).isEqualTo(1);
    }

    @Test
    void numbersStandWhereCPutsThem() {
        nvml.on(UTILIZATION, FIRST, 0, 0, out -> out.putInt(0, 75).putInt(4, 30));
        nvml.on(
                MEMORY_V2,
                FIRST,
                0,
                0,
                out -> out.putLong(8, 80L << 30)
                        .putLong(16, 1L << 30)
                        .putLong(24, 19L << 30)
                        .putLong(32, 60L << 30));
        nvml.on(TEMPERATURE_V, FIRST, 0, 0, out -> out.putInt(8, -5));
        nvml.number(POWER, FIRST, 0, 311_500);
        nvml.on(POWER_LIMIT_RANGE, FIRST, 0, 0, out -> out.putInt(0, 200_000).putInt(8, 700_000));
        nvml.big(ENERGY, FIRST, -2);
        nvml.number(CLOCK, FIRST, 1, 1980).number(CLOCK_MAX, FIRST, 2, 2619);
        nvml.big(CLOCK_EVENTS, FIRST, 0x44);
        nvml.on(
                REMAPPED_ROWS,
                FIRST,
                0,
                0,
                out -> out.putInt(0, 3).putInt(8, 1).putInt(16, 1).putInt(24, 0));
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.UTILIZATION)).isEqualTo(0.75);
        assertThat(s.value(GpuMetrics.MEMORY_UTILIZATION)).isEqualTo(0.3);
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(60L << 30);
        assertThat(s.value(GpuMetrics.MEMORY_USAGE)).isEqualTo(0.75);
        assertThat(s.value(GpuMetrics.TEMPERATURE)).isEqualTo(-5);
        assertThat(s.value(GpuMetrics.POWER)).isEqualTo(311.5);
        assertThat(s.value(GpuMetrics.POWER_LIMIT_MAX)).isEqualTo(700);
        assertThat(s.value(GpuMetrics.ENERGY)).isEqualTo(0x1p64 / 1000);
        assertThat(s.value(GpuMetrics.REMAPPED_ROWS_CORRECTED)).isEqualTo(3);
        assertThat(s.value(GpuMetrics.REMAPPED_ROWS_PENDING)).isEqualTo(1);
        assertThat(s.where(Dimension.REASON, "power_cap").value(GpuMetrics.CLOCK_REASON))
                .isEqualTo(1);
        assertThat(s.where(Dimension.REASON, "idle").value(GpuMetrics.CLOCK_REASON))
                .isZero();
    }

    @Test
    void fieldValuesAreReadByTheirTypesAndStatuses() {
        nvml.on(FIELDS, FIRST, Probes.FIELDS.size(), 0, out -> {
            for (int i = 0; i < Probes.FIELDS.size(); i++) {
                int at = i * 40;
                int id = out.getInt(at);
                out.putInt(at + 28, id == 185 ? Status.INVALID_ARGUMENT : id == 75 ? Status.NO_PERMISSION : 0);
                out.putInt(at + 24, id == 82 ? 5 : id == 186 ? 1 : id == 74 ? 4 : id == 31 ? 6 : id == 29 ? 0 : 3);
                if (id == 29) {
                    out.putDouble(at + 32, 2);
                } else {
                    out.putLong(at + 32, id == 186 ? 0xFFFF_FFFF_0000_03E8L : id);
                }
            }
        });
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.MEMORY_TEMPERATURE)).isEqualTo(82);
        assertThat(s.value(GpuMetrics.POWER_INSTANT)).isEqualTo(1);
        assertThat(s.value(GpuMetrics.RETIRED_PAGES_CORRECTED)).isEqualTo(2);
        assertThat(s.value(GpuMetrics.RETIRED_PAGES_PENDING)).isEqualTo(31);
        assertThat(s.value(GpuMetrics.PCIE_SENT)).isEqualTo(197);
        assertThat(s.value(GpuMetrics.LINK_SENT)).isEqualTo(138 * 1024);
        assertThat(absence(s, GpuMetrics.THERMAL_THROTTLE_TIME)).isEqualTo(Absence.NO_PERMISSION);
    }

    @ParameterizedTest
    @CsvSource({
        "3,NOT_SUPPORTED", "13,NOT_SUPPORTED", "25,NOT_SUPPORTED", "26,NOT_SUPPORTED", "4,NO_PERMISSION",
                "17,NO_PERMISSION",
        "15,LOST", "16,LOST", "1,LOST", "6,UNKNOWN", "10,UNKNOWN", "999,UNKNOWN"
    })
    void eachStatusIsAReasonAndNeverANumber(int status, Absence reason) {
        nvml.fails(POWER, status);
        MetricsSnapshot s = snapshot(nvml);
        assertThat(absence(s, GpuMetrics.POWER)).isEqualTo(reason);
        assertThat(s.value(GpuMetrics.POWER)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"13", "25", "2", "26"})
    void olderDriversAreAskedByOlderFunctions(int status) {
        nvml.fails(MEMORY_V2, status).fails(TEMPERATURE_V, status).fails(CLOCK_EVENTS, status);
        nvml.on(MEMORY, FIRST, 0, 0, out -> out.putLong(0, 100).putLong(8, 60).putLong(16, 40));
        nvml.number(TEMPERATURE, FIRST, 0, 44).big(CLOCK_THROTTLE, FIRST, 1);
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(40);
        assertThat(s.value(GpuMetrics.MEMORY_TOTAL)).isEqualTo(100);
        assertThat(absence(s, GpuMetrics.MEMORY_RESERVED)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(s.value(GpuMetrics.TEMPERATURE)).isEqualTo(44);
        assertThat(s.where(Dimension.REASON, "idle").value(GpuMetrics.CLOCK_REASON))
                .isEqualTo(1);
    }

    @Test
    void whatADeviceLacksIsAskedOnceOnly() {
        try (LocalTransport transport = Reads.open(nvml)) {
            snapshot(transport);
            int calls = nvml.called(POWER);
            snapshot(transport);
            assertThat(nvml.called(POWER)).isEqualTo(calls).isEqualTo(1);
            assertThat(nvml.called(INIT)).isEqualTo(1);
        }
    }

    @Test
    void oneLostDeviceLeavesTheOthersReadable() {
        nvml.withASecondDevice().fails(UTILIZATION, 3).number(POWER, SECOND, 0, 70_000);
        nvml.on(POWER, FIRST, 0, Status.GPU_IS_LOST, out -> {});
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.POWER)).isEqualTo(70);
        assertThat(s.value(GpuMetrics.UP)).isZero();
        assertThat(s.where(Dimension.GPU, "GPU-bbbb").value(GpuMetrics.UP)).isEqualTo(1);
        assertThat(absence(s.where(Dimension.GPU, "GPU-aaaa"), GpuMetrics.ENERGY))
                .isEqualTo(Absence.LOST);
        assertThat(nvml.called(ENERGY)).isEqualTo(1);
    }

    @Test
    void aDeviceThatMayNotBeOpenedIsKnownByItsNumber() {
        nvml.withASecondDevice().on(HANDLE, 1, 0, Status.NO_PERMISSION, out -> {});
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.devices()).containsOnlyKeys("GPU-aaaa", "1");
        assertThat(absence(s.where(Dimension.GPU, "1"), GpuMetrics.UP)).isEqualTo(Absence.NO_PERMISSION);
        assertThat(absence(s.where(Dimension.GPU, "1"), GpuMetrics.POWER)).isEqualTo(Absence.NO_PERMISSION);
    }

    @Test
    void aDeviceThatMayNotBeOpenedIsAskedForNothing() {
        Nvml library = (function, a, b, c, out) -> {
            if (function == HANDLE) {
                out.putLong(0, 0xBAD);
                return Status.GPU_IS_LOST;
            }
            assertThat(a).as("the handle given to %s", function).isNotEqualTo(0xBAD);
            return nvml.call(function, a, b, c, out);
        };
        assertThat(snapshot(library).value(GpuMetrics.UP)).isZero();
        assertThat(nvml.called(ARCHITECTURE)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"16", "24", "32"})
    void processesAreReadHoweverLongTheDriversEntriesAre(int stride) {
        nvml.text(PROCESS_NAME, 4_000_000_000L, "x");
        nvml.text(PROCESS_NAME, 17, "python3");
        nvml.on(COMPUTE_PROCESSES, FIRST, 0, 0, out -> {
            out.putInt(0, 2);
            for (int i = 0; i < 2; i++) {
                int at = 8 + i * stride;
                out.putInt(at, 17 + i).putInt(at + 4, 0).putLong(at + 8, i == 0 ? 1_000 : -1);
                for (int more = at + 16; more < at + stride; more++) {
                    out.put(more, (byte) 0xff);
                }
            }
        });
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.PROCESSES)).isEqualTo(2);
        MetricsSnapshot first = s.where(Dimension.PROCESS, "17");
        assertThat(first.value(GpuMetrics.PROCESS_MEMORY)).isEqualTo(1_000);
        assertThat(first.text(GpuMetrics.PROCESS_NAME)).contains("python3");
        assertThat(s.where(Dimension.PROCESS, "18").value(GpuMetrics.PROCESS_MEMORY))
                .isNaN();
    }

    @Test
    void busyTimeMissesNoSampleBetweenReads() {
        long[] next = {1_000_000};
        nvml.on(SAMPLES, FIRST, 1, 0, out -> {
            out.putInt(0, 1).putInt(8, 3);
            for (int i = 0; i < 3; i++) {
                out.putLong(16 + i * 16, next[0]).putInt(24 + i * 16, 50);
                next[0] += 200_000;
            }
        });
        try (LocalTransport transport = Reads.open(nvml)) {
            assertThat(snapshot(transport).value(GpuMetrics.BUSY_TIME)).isEqualTo(0.2);
            assertThat(snapshot(transport).value(GpuMetrics.BUSY_TIME)).isEqualTo(0.5);
            nvml.fails(SAMPLES, Status.NOT_FOUND);
            assertThat(snapshot(transport).value(GpuMetrics.BUSY_TIME)).isEqualTo(0.5);
        }
    }

    @Test
    void chipsBeforeHopperHaveNoParts() {
        nvml.on(GPM_SUPPORT, FIRST, 0, 0, out -> out.putInt(4, 0));
        try (LocalTransport transport = Reads.openAlso(nvml, Extra.GPM)) {
            assertThat(absence(snapshot(transport), GpuMetrics.MATRIX_ACTIVE)).isEqualTo(Absence.NOT_SUPPORTED);
            assertThat(absence(snapshot(transport), GpuMetrics.MATRIX_ACTIVE)).isEqualTo(Absence.NOT_SUPPORTED);
            assertThat(nvml.called(GPM_SUPPORT)).isEqualTo(1);
        }
    }

    @Test
    void fansAndLinksAreCounted() {
        nvml.number(FANS, FIRST, 0, 2).number(FAN_SPEED, FIRST, 0, 40).number(FAN_SPEED, FIRST, 1, 60);
        nvml.number(NVLINK_STATE, FIRST, 0, 1).number(NVLINK_STATE, FIRST, 1, 0).number(NVLINK_STATE, FIRST, 2, 1);
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.FAN_SPEED)).isEqualTo(0.6);
        assertThat(s.value(GpuMetrics.LINKS_ACTIVE)).isEqualTo(2);
    }

    @Test
    void samplesThatCannotBeAreNotBelieved() {
        long[][] samples = {{1_000_000, 50}, {Long.MAX_VALUE, 50}, {1_200_000, 4_000_000_000L}, {1_400_000, 50}};
        nvml.on(SAMPLES, FIRST, 1, 0, out -> {
            out.putInt(8, samples.length);
            for (int i = 0; i < samples.length; i++) {
                out.putLong(16 + i * 16, samples[i][0]).putInt(24 + i * 16, (int) samples[i][1]);
            }
        });
        assertThat(snapshot(nvml).value(GpuMetrics.BUSY_TIME)).isEqualTo(0.2);
    }

    @Test
    void useOfAProcessFromTheFutureHidesNoOther() {
        long[] micros = {Long.MAX_VALUE};
        nvml.on(PROCESS_UTILIZATION, FIRST, 0, 0, out -> use(out, micros[0]));
        Nvml library =
                (function, a, b, c, out) -> nvml.call(function, a, function == PROCESS_UTILIZATION ? 0 : b, c, out);
        try (LocalTransport transport = Reads.open(library)) {
            assertThat(snapshot(transport).value(GpuMetrics.PROCESS_UTILIZATION))
                    .isNaN();
            micros[0] = 1_000_000;
            assertThat(snapshot(transport).value(GpuMetrics.PROCESS_UTILIZATION))
                    .isEqualTo(0.4);
        }
    }

    private static void use(ByteBuffer out, long micros) {
        out.putInt(0, 1).putInt(8, 17).putLong(16, micros).putInt(24, 40).putInt(28, 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void aCountOfNoFansIsNone(int fans) {
        nvml.number(FANS, FIRST, 0, fans);
        assertThat(absence(snapshot(nvml), GpuMetrics.FAN_SPEED)).isEqualTo(Absence.NOT_SUPPORTED);
    }

    @Test
    void aDeviceWithoutMemoryOfItsOwnUsesThatOfTheHost() {
        assertThat(snapshot(nvml).value(GpuMetrics.MEMORY_UNIFIED)).isEqualTo(1);
        nvml.big(MEMORY_V2, FIRST, 0);
        assertThat(snapshot(nvml).value(GpuMetrics.MEMORY_UNIFIED)).isZero();
        nvml.on(MEMORY_V2, FIRST, 0, Status.NO_PERMISSION, out -> {});
        assertThat(absence(snapshot(nvml), GpuMetrics.MEMORY_UNIFIED)).isEqualTo(Absence.NO_PERMISSION);
    }

    @ParameterizedTest
    @CsvSource({
        "9,driver is not loaded",
        "18,different versions",
        "4,/dev/nvidia",
        "17,cgroup",
        "12,library of the driver",
        "15,fallen off",
        "999,status 999"
    })
    void whatCannotBeOpenedSaysWhatToDo(int status, String words) {
        nvml.fails(INIT, status);
        assertThatThrownBy(() -> Reads.open(nvml))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining(words);
        assertThat(new NvmlSource(() -> nvml, Map.of()).unavailable().orElseThrow())
                .contains(words);
    }

    @Test
    void aMachineWithoutDevicesSaysSo() {
        assertThat(new NvmlSource(() -> nvml.count(0), Map.of()).unavailable()).contains("NVML sees no GPU");
        assertThat(new NvmlSource(() -> nvml.count(1), Map.of()).unavailable()).isEmpty();
    }
}
