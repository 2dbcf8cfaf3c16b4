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
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.spi.LocalTransport;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvmlReaderTest {
    private final FakeNvml nvml = FakeNvml.withOneDevice();

    private FakeNvml two() {
        return nvml.device(1, SECOND, "GPU-bbbb", "NVIDIA H100 80GB HBM3").count(2);
    }

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
        two().fails(UTILIZATION, 3).number(POWER, SECOND, 0, 70_000);
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
        two().on(HANDLE, 1, 0, Status.NO_PERMISSION, out -> {});
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
    @CsvSource({"4,true", "17,true", "999,true", "15,false", "16,false", "1,false"})
    void onlyALostDeviceIsWorthOpeningAnew(int status, boolean healthy) {
        two().on(HANDLE, 1, 0, status, out -> {});
        try (NvmlReader reader = opened("all")) {
            assertThat(reader.read(new ExpositionWriter())).isEqualTo(healthy);
        }
    }

    private NvmlReader opened(String selection) {
        return NvmlReader.open(nvml, Set.of(), known(selection, null));
    }

    @Test
    void aLostDeviceOfWhichOnlyAPartIsWantedIsNotUp() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1)).number(MIG_COUNT, FIRST, 0, 1);
        part(0, 0x1100, "MIG-one", "A MIG 1g.10gb", 7, 100);
        try (NvmlReader reader = opened("MIG-one")) {
            assertThat(reader.read(new ExpositionWriter())).isTrue();
            nvml.on(MEMORY_V2, 0x1100, 0, Status.GPU_IS_LOST, out -> {});
            assertNotUp(reader);
            nvml.fails(MIG_MODE, Status.GPU_IS_LOST);
            assertNotUp(reader);
        }
    }

    private static void assertNotUp(NvmlReader reader) {
        ExpositionWriter text = new ExpositionWriter();
        assertThat(reader.read(text)).isFalse();
        assertThat(Reads.text(text)).contains("nvml_device_up{gpu=\"0\",uuid=\"GPU-aaaa\"} 0\n");
    }

    @Test
    void partsAreDevicesThatAreNeverAddedToTheirs() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1).putInt(8, 1)).number(MIG_COUNT, FIRST, 0, 7);
        part(0, 0x1100, "MIG-one", "NVIDIA H100 80GB HBM3 MIG 1g.10gb", 7, 100);
        part(3, 0x1300, "MIG-two", "NVIDIA H100 80GB HBM3 MIG 2g.20gb", 2, 250);
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

    private void part(int index, long handle, String uuid, String name, int gpuInstance, long used) {
        nvml.on(MIG_HANDLE, FIRST, index, 0, out -> out.putLong(0, handle));
        nvml.text(UUID, handle, uuid).text(NAME, handle, name);
        nvml.number(GPU_INSTANCE_ID, handle, 0, gpuInstance).number(COMPUTE_INSTANCE_ID, handle, 0, 0);
        nvml.on(MEMORY_V2, handle, 0, 0, out -> out.putLong(32, used));
        nvml.on(COMPUTE_PROCESSES, handle, 0, 0, out -> entry(out.putInt(0, 1), 8, 99, 5, gpuInstance));
    }

    private static void entry(ByteBuffer out, int at, int pid, long bytes, int instance) {
        out.putInt(at, pid).putInt(at + 4, 0).putLong(at + 8, bytes);
        out.putInt(at + 16, instance).putInt(at + 20, instance < 0 ? -1 : 0);
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

    @ParameterizedTest
    @CsvSource({
        "all,GPU-aaaa GPU-bbbb",
        "1,GPU-bbbb",
        "'1,0',GPU-aaaa GPU-bbbb",
        "GPU-b,GPU-bbbb",
        "00000000:01:00.0,GPU-bbbb",
        "visible,GPU-bbbb"
    })
    void devicesAreChosen(String selection, String expected) {
        try (LocalTransport transport = Reads.open(two(), selection, Map.of("CUDA_VISIBLE_DEVICES", "1"))) {
            assertThat(snapshot(transport).devices().keySet()).containsExactlyInAnyOrder(expected.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,GPU-bbbb",
        "'0,-1,1',GPU-aaaa",
        "'GPU-b,0',GPU-bbbb GPU-aaaa",
        "'1,7,0',GPU-bbbb",
        "'GPU-bbbb,GPU-cccc,0',GPU-bbbb",
        "' 0 , 1 ',GPU-aaaa GPU-bbbb"
    })
    void whatIsVisibleEndsAtTheFirstNameThatMeansNothing(String visible, String expected) {
        try (LocalTransport transport = Reads.open(two(), "visible", Map.of("CUDA_VISIBLE_DEVICES", visible))) {
            assertThat(snapshot(transport).devices().keySet()).containsExactlyInAnyOrder(expected.split(" "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "7", "NoDevFiles", "MIG-none"})
    void whereNothingIsVisibleThatIsSaid(String visible) {
        assertThatThrownBy(() -> Reads.open(two(), "visible", Map.of("CUDA_VISIBLE_DEVICES", visible)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CUDA_VISIBLE_DEVICES=" + visible
                        + " lets CUDA see none of these GPUs: 0 (GPU-aaaa), 1 (GPU-bbbb)");
        assertThat(nvml.called(SHUTDOWN)).isEqualTo(1);
    }

    private static String up(String gpu, String uuid, int value) {
        return "nvml_device_up{gpu=\"" + gpu + "\",uuid=\"" + uuid + "\"} " + value + "\n";
    }

    /** What is read when the library is opened, for the first time or anew. */
    private String text(Nvml library, Known known, boolean healthy) {
        ExpositionWriter text = new ExpositionWriter();
        try (NvmlReader reader = NvmlReader.open(library, Set.of(), known)) {
            assertThat(reader.read(text)).isEqualTo(healthy);
        }
        return Reads.text(text);
    }

    @ParameterizedTest
    @CsvSource({"all,", "'0,1',", "'GPU-a,GPU-b',", "visible,'0,1,-1'", "visible,'GPU-a,GPU-b,-1,0'"})
    void aDeviceThatIsGoneWhenTheyAreLookedForAnewIsNotUpAndComesBack(String selection, @Nullable String cuda) {
        Known known = known(selection, cuda);
        assertThat(text(two(), known, true)).contains(up("0", "GPU-aaaa", 1), up("1", "GPU-bbbb", 1));
        nvml.on(HANDLE, 0, 0, Status.GPU_IS_LOST, out -> {});
        String lost = text(nvml, known, false);
        assertThat(lost)
                .contains(up("0", "GPU-aaaa", 0), up("1", "GPU-bbbb", 1))
                .doesNotContain("uuid=\"0\"");
        assertThat(lost).contains("uuid=\"GPU-aaaa\",name=\"NVIDIA H100 80GB HBM3\"");
        nvml.on(HANDLE, 1, 0, Status.GPU_IS_LOST, out -> {});
        assertThat(text(nvml, known, false)).contains(up("0", "GPU-aaaa", 0), up("1", "GPU-bbbb", 0));
        FakeNvml fewer = new FakeNvml().device(0, SECOND, "GPU-bbbb", "B").count(1);
        assertThat(text(fewer, known, false)).contains(up("0", "GPU-aaaa", 0), up("0", "GPU-bbbb", 1));
        assertThat(text(new FakeNvml().count(0), known, false))
                .contains(up("0", "GPU-aaaa", 0), up("1", "GPU-bbbb", 0));
        nvml.device(0, FIRST, "GPU-aaaa", "A");
        assertThat(text(two(), known, true)).contains(up("0", "GPU-aaaa", 1), up("1", "GPU-bbbb", 1));
    }

    private static Known known(String selection, @Nullable String cuda) {
        return new Known(Selection.parse(selection, cuda == null ? Map.of() : Map.of("CUDA_VISIBLE_DEVICES", cuda)));
    }

    @ParameterizedTest
    @CsvSource({"0,", "visible,0", "00000000:00:00.0,"})
    void aNumberMeansTheDeviceThatHadItFirst(String selection, @Nullable String cuda) {
        Known known = known(selection, cuda);
        assertThat(text(two(), known, true)).contains("GPU-aaaa").doesNotContain("GPU-bbbb");
        FakeNvml fewer = new FakeNvml().device(0, SECOND, "GPU-bbbb", "B").count(1);
        assertThat(text(fewer, known, false)).contains(up("0", "GPU-aaaa", 0)).doesNotContain("GPU-bbbb");
        assertThat(text(nvml, known, true)).contains(up("0", "GPU-aaaa", 1)).doesNotContain("GPU-bbbb");
    }

    @Test
    void aPartIsLookedForAnewByItsUuid() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1)).number(MIG_COUNT, FIRST, 0, 2);
        part(0, 0x1100, "MIG-one", "A MIG 1g.10gb", 7, 100);
        Known known = known("MIG-o", null);
        text(nvml, known, true);
        part(1, 0x1200, "MIG-other", "A MIG 1g.10gb", 8, 200);
        assertThat(text(nvml, known, true)).contains("MIG-one").doesNotContain("MIG-other");
        assertThat(text(new FakeNvml().count(0), known, false)).contains(up("0", "GPU-aaaa", 0));
    }

    @Test
    void busyTimeGoesOnWhereTheLibraryIsOpenedAnew() {
        long[] next = {1_000_000};
        nvml.on(SAMPLES, FIRST, 1, 0, out -> {
            out.putInt(8, 3);
            for (int i = 0; i < 3; i++) {
                out.putLong(16 + i * 16, next[0]).putInt(24 + i * 16, 50);
                next[0] += 200_000;
            }
        });
        Known known = known("all", null);
        String busy = "nvml_gpu_busy_seconds_total{gpu=\"0\",uuid=\"GPU-aaaa\"} ";
        assertThat(text(nvml, known, true)).contains(busy + "0.2\n");
        next[0] += 3_600_000_000L;
        assertThat(text(nvml, known, true)).contains(busy + "0.4\n");
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
    void aWaitForEventsThatFailsIsNotNoErrors() {
        nvml.big(EVENTS_CREATE, 0, 0x9000).fails(EVENTS_REGISTER, 0).fails(EVENTS_WAIT, Status.TIMEOUT);
        try (LocalTransport transport = Reads.open(nvml)) {
            assertThat(snapshot(transport).value(GpuMetrics.ERRORS)).isZero();
            nvml.fails(EVENTS_WAIT, Status.NO_PERMISSION);
            assertThat(absence(snapshot(transport), GpuMetrics.ERRORS)).isEqualTo(Absence.NO_PERMISSION);
            nvml.fails(EVENTS_WAIT, Status.TIMEOUT);
            assertThat(snapshot(transport).value(GpuMetrics.ERRORS)).isZero();
        }
    }

    @Test
    void whatIsNotWatchedAnyMoreIsNotACountThatStands() {
        nvml.big(EVENTS_CREATE, 0, 0x9000).fails(EVENTS_REGISTER, 0).fails(EVENTS_WAIT, Status.TIMEOUT);
        Known known = known("all", null);
        String errors = "nvml_xid_errors_total{gpu=\"0\",uuid=\"GPU-aaaa\"} ";
        assertThat(text(nvml, known, true)).contains(errors + "0\n");
        nvml.fails(EVENTS_REGISTER, Status.NO_PERMISSION);
        assertThat(text(nvml, known, true)).doesNotContain(errors + "0\n").contains(errors);
    }

    @Test
    void errorsThatCameSinceTheLastReadAreCountedAtTheEnd() {
        nvml.big(EVENTS_CREATE, 0, 0x9000).fails(EVENTS_REGISTER, 0);
        int[] events = {0};
        nvml.on(
                EVENTS_WAIT,
                0x9000,
                0,
                0,
                out -> out.putLong(0, FIRST).putLong(8, 8).putLong(16, 79).putInt(24, -1));
        Nvml library = (function, a, b, c, out) ->
                function == EVENTS_WAIT && events[0]-- <= 0 ? Status.TIMEOUT : nvml.call(function, a, b, c, out);
        Known known = known("all", null);
        try (NvmlReader reader = NvmlReader.open(library, Set.of(), known)) {
            reader.read(new ExpositionWriter());
            events[0] = 1;
        }
        events[0] = 0;
        assertThat(text(library, known, true)).contains("xid=\"79\"} 1\n");
    }

    @Test
    void allIsVisibleThatTheContainerWasGiven() {
        try (LocalTransport transport = Reads.open(two(), "visible", Map.of("NVIDIA_VISIBLE_DEVICES", "7"))) {
            assertThat(snapshot(transport).devices()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"7,7", "'0,7',7", "'GPU-a,x',x"})
    void aSelectionOfWhatIsNotThereNamesWhatThereIs(String selection, String unknown) {
        assertThatThrownBy(() -> Reads.open(two(), selection, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 (GPU-aaaa), 1 (GPU-bbbb); not '" + unknown + "'");
        assertThat(nvml.called(SHUTDOWN)).isEqualTo(1);
    }

    @Test
    void aPartIsFoundAgainAfterItsDeviceWasSplitAnew() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1)).number(MIG_COUNT, FIRST, 0, 1);
        part(0, 0x1100, "MIG-one", "A MIG 1g.10gb", 7, 100);
        try (LocalTransport transport = Reads.open(nvml, "MIG-one", Map.of())) {
            assertThat(snapshot(transport).value(GpuMetrics.MEMORY_USED)).isEqualTo(100);
            nvml.text(UUID, 0x1100, "MIG-two");
            assertThat(snapshot(transport).value(GpuMetrics.MEMORY_USED)).isNaN();
            part(0, 0x1100, "MIG-one", "A MIG 2g.20gb", 3, 250);
            MetricsSnapshot again = snapshot(transport);
            assertThat(again.value(GpuMetrics.MEMORY_USED)).isEqualTo(250);
            assertThat(again.values(Dimension.GPU_INSTANCE)).containsExactly("3");
        }
    }

    @Test
    void partsAddUpWhereTheDeviceMayNotBeAskedForItsOwnMemory() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1)).number(MIG_COUNT, FIRST, 0, 2);
        part(0, 0x1100, "MIG-one", "A MIG 1g.10gb", 7, 100);
        part(1, 0x1200, "MIG-two", "A MIG 2g.20gb", 2, 250);
        nvml.on(MEMORY_V2, FIRST, 0, Status.NO_PERMISSION, out -> {});
        MetricsSnapshot s = snapshot(nvml);
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(350);
        assertThat(s.reading(GpuMetrics.MEMORY_USED).provenance().note())
                .contains("2 of 3 series have a value", "no permission");
    }

    @Test
    void aDeviceWithoutMemoryOfItsOwnUsesThatOfTheHost() {
        assertThat(snapshot(nvml).value(GpuMetrics.MEMORY_UNIFIED)).isEqualTo(1);
        nvml.big(MEMORY_V2, FIRST, 0);
        assertThat(snapshot(nvml).value(GpuMetrics.MEMORY_UNIFIED)).isZero();
        nvml.on(MEMORY_V2, FIRST, 0, Status.NO_PERMISSION, out -> {});
        assertThat(absence(snapshot(nvml), GpuMetrics.MEMORY_UNIFIED)).isEqualTo(Absence.NO_PERMISSION);
    }

    @Test
    void theErrorForWhichADeviceWasLostIsKeptWhereItIsOpenedAnew() {
        long[] events = {1};
        nvml.big(EVENTS_CREATE, 0, 0x9000).fails(EVENTS_REGISTER, 0).fails(EVENTS_FREE, 0);
        nvml.on(
                EVENTS_WAIT,
                0x9000,
                0,
                0,
                out -> out.putLong(0, FIRST).putLong(8, 8).putLong(16, 79).putInt(24, -1));
        Nvml library = (function, a, b, c, out) ->
                function == EVENTS_WAIT && events[0]-- <= 0 ? 10 : nvml.call(function, a, b, c, out);
        Known known = known("all", null);
        for (int i = 0; i < 2; i++) {
            ExpositionWriter text = new ExpositionWriter();
            try (NvmlReader reader = NvmlReader.open(library, Set.of(), known)) {
                reader.read(text);
            }
            assertThat(Reads.text(text)).contains("nvml_xid_errors_total{gpu=\"0\",uuid=\"GPU-aaaa\",xid=\"79\"} 1\n");
            nvml.on(HANDLE, 0, 0, Status.GPU_IS_LOST, out -> {});
        }
        assertThat(nvml.called(EVENTS_FREE)).isEqualTo(2);
    }

    @Test
    void errorsWithoutEndTakeNoMemoryWithoutEnd() {
        Xids xids = new Xids();
        Device device = new Device(FIRST, "0", "GPU-aaaa");
        for (int code = 0; code < 1_000; code++) {
            xids.add(device, code, -1);
        }
        ExpositionWriter text = new ExpositionWriter();
        xids.write(text, Map.of());
        assertThat(Reads.text(text).lines().count()).isLessThan(80);
        assertThat(Reads.text(text)).contains("} 1000\n", "xid=\"other\"} 936\n");
    }

    @Test
    void whyErrorsAreNotToldIsSaid() {
        nvml.big(EVENTS_CREATE, 0, 0x9000);
        assertThat(absence(snapshot(nvml), GpuMetrics.ERRORS)).isEqualTo(Absence.NOT_SUPPORTED);
        nvml.fails(EVENTS_REGISTER, Status.NO_PERMISSION);
        assertThat(absence(snapshot(nvml), GpuMetrics.ERRORS)).isEqualTo(Absence.NO_PERMISSION);
        assertThat(absence(snapshot(nvml), GpuMetrics.LAST_ERROR)).isEqualTo(Absence.NO_PERMISSION);
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
