package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.Reads.absence;
import static io.inferencemetrics.nvml.internal.Reads.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.LocalTransport;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(b.value(GpuMetrics.POWER)).isEqualTo(311.501);
        assertThat(b.value(GpuMetrics.POWER_LIMIT)).isEqualTo(4_000_000);
        assertThat(b.value(GpuMetrics.POWER_LIMIT_MAX)).isEqualTo(700);
        assertThat(b.value(GpuMetrics.ENERGY)).isEqualTo(0x123456789abdL / 1000.0);
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
        try (LocalTransport transport = Reads.openAlso(current(), Extra.GPM)) {
            assertThat(absence(snapshot(transport), GpuMetrics.MATRIX_ACTIVE)).isEqualTo(Absence.UNKNOWN);
            MetricsSnapshot next = whenThere(transport, GpuMetrics.MATRIX_ACTIVE);
            assertThat(next.value(GpuMetrics.MATRIX_ACTIVE)).isEqualTo(0.055);
            assertThat(next.value(GpuMetrics.MEMORY_BANDWIDTH_UTILIZATION)).isEqualTo(0.105);
            assertThat(next.value(GpuMetrics.PCIE_TX)).isEqualTo(2 * 20.5 * 1024 * 1024);
            assertThat(next.value(GpuMetrics.LINK_TX)).isEqualTo(2 * 61.5 * 1024 * 1024);
            assertThat(absence(next, GpuMetrics.FP16_ACTIVE)).isEqualTo(Absence.NOT_SUPPORTED);
        }
    }

    /** A sample of GPM is taken a tenth of a second after the last, a thread measures PCIe: reads until the number is there. */
    private static MetricsSnapshot whenThere(LocalTransport transport, NumericMetric metric) {
        MetricsSnapshot next = snapshot(transport);
        for (int i = 0; i < 10_000 && Double.isNaN(next.value(metric)); i++) {
            next = snapshot(transport);
        }
        return next;
    }

    @Test
    void whatPcieCarriesIsMeasuredWhereThatIsAskedFor() {
        assertThat(absence(snapshot(current()), GpuMetrics.PCIE_TX)).isEqualTo(Absence.OPTION_OFF);
        try (LocalTransport transport = Reads.openAlso(current(), Extra.PCIE)) {
            MetricsSnapshot b = whenThere(transport, GpuMetrics.PCIE_RX).where(Dimension.GPU, "GPU-stub-b");
            assertThat(b.value(GpuMetrics.PCIE_TX)).isEqualTo(1_001_000);
            assertThat(b.value(GpuMetrics.PCIE_RX)).isEqualTo(2_001_000);
        }
    }

    @Test
    void linksAreToldApartWhereThatIsAskedForAndNeverAddedToTheirSum() {
        try (LocalTransport transport = Reads.openAlso(current(), Extra.LINKS)) {
            MetricsSnapshot b = snapshot(transport).where(Dimension.GPU, "GPU-stub-b");
            assertThat(b.value(GpuMetrics.LINK_SENT)).isEqualTo(138_000.0 * 1024);
            assertThat(b.value(GpuMetrics.LINK_REPLAYS)).isEqualTo(52_000);
            MetricsSnapshot third = b.where(Dimension.LINK, "3");
            assertThat(third.value(GpuMetrics.LINK_SENT)).isEqualTo(138_003.0 * 1024);
            assertThat(third.value(GpuMetrics.LINK_RECEIVED)).isEqualTo(139_003.0 * 1024);
            assertThat(third.value(GpuMetrics.LINK_REPLAYS)).isEqualTo(300);
            assertThat(third.value(GpuMetrics.LINK_CRC_ERRORS)).isEqualTo(302);
            assertThat(third.value(GpuMetrics.LINKS_ACTIVE)).isEqualTo(1);
            assertThat(b.where(Dimension.LINK, "1").value(GpuMetrics.LINK_SENT)).isNaN();
        }
    }

    @Test
    void howBusyProcessesAreIsToldByTheirNewestSample() {
        MetricsSnapshot b = snapshot(current()).where(Dimension.GPU, "GPU-stub-b");
        assertThat(b.where(Dimension.PROCESS, "4000000000").value(GpuMetrics.PROCESS_UTILIZATION))
                .isEqualTo(0.66);
        assertThat(b.where(Dimension.PROCESS, "12").value(GpuMetrics.PROCESS_UTILIZATION))
                .isEqualTo(1);
        assertThat(b.where(Dimension.PROCESS, "13").value(GpuMetrics.PROCESS_UTILIZATION))
                .isNaN();
    }

    @Test
    void errorsAreCountedByTheirCodeSinceTheOpening() {
        Stub stub = Stub.compiled(folder).script("xid 13");
        try (LocalTransport transport = Reads.open(bind(stub.path()))) {
            assertThat(snapshot(transport).value(GpuMetrics.ERRORS)).isZero();
            assertThat(snapshot(transport).value(GpuMetrics.LAST_ERROR)).isZero();
            stub.script("xid 13", "xid 31", "xid 79 1", "xid 31");
            MetricsSnapshot s = snapshot(transport);
            assertThat(s.value(GpuMetrics.ERRORS)).isEqualTo(3);
            assertThat(s.where(Dimension.CODE, "31").value(GpuMetrics.ERRORS)).isEqualTo(2);
            assertThat(s.where(Dimension.CODE, "79").value(GpuMetrics.ERRORS)).isEqualTo(1);
            assertThat(s.where(Dimension.GPU_INSTANCE, "1").value(GpuMetrics.ERRORS))
                    .isEqualTo(1);
            assertThat(s.where(Dimension.GPU, "GPU-stub-a").value(GpuMetrics.ERRORS))
                    .isZero();
            assertThat(s.value(GpuMetrics.LAST_ERROR)).isEqualTo(31);
            assertThat(snapshot(transport).value(GpuMetrics.ERRORS)).isEqualTo(3);
        }
    }

    @Test
    void partsOfADeviceAreDevicesThatShareWhatTheirGpuInstanceHas() {
        Stub stub = Stub.compiled(folder).script("mig 1");
        MetricsSnapshot s = snapshot(bind(stub.path()));
        assertThat(s.devices()).containsOnlyKeys("GPU-stub-a", "GPU-stub-b");
        assertThat(s.values(Dimension.GPU_INSTANCE)).containsExactly("1", "5");
        MetricsSnapshot b = s.where(Dimension.GPU, "GPU-stub-b");
        assertThat(b.value(GpuMetrics.MEMORY_TOTAL)).isEqualTo(85_899_345_920.0);
        assertThat(b.value(GpuMetrics.POWER)).isEqualTo(311.501);
        assertThat(b.value(GpuMetrics.PROCESSES)).isEqualTo(3);
        assertThat(absence(b, GpuMetrics.UTILIZATION)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(absence(b, GpuMetrics.BUSY_TIME)).isEqualTo(Absence.NOT_SUPPORTED);
        MetricsSnapshot one = b.where(Dimension.GPU_INSTANCE, "1");
        assertThat(one.value(GpuMetrics.MEMORY_TOTAL)).isEqualTo(2e10);
        assertThat(one.value(GpuMetrics.MEMORY_USED)).isEqualTo(1);
        assertThat(one.value(GpuMetrics.POWER)).isNaN();
        assertThat(one.value(GpuMetrics.PROCESS_MEMORY)).isEqualTo(3_000);
        assertThat(one.text(GpuMetrics.INSTANCE_PROFILE)).contains("1c.2g.20gb");
        MetricsSnapshot five = b.where(Dimension.GPU_INSTANCE, "5");
        assertThat(five.text(GpuMetrics.INSTANCE_PROFILE)).contains("3g.40gb");
        assertThat(five.where(Dimension.PROCESS, "102").value(GpuMetrics.PROCESS_MEMORY))
                .isEqualTo(3_000);
        assertThat(s.where(Dimension.GPU, "GPU-stub-a").value(GpuMetrics.UTILIZATION))
                .isEqualTo(0.7);
    }

    @Test
    void partsOfTheChipAreReadOfEachPartOfADevice() {
        Stub stub = Stub.compiled(folder).script("mig 1");
        try (LocalTransport transport = Reads.openAlso(bind(stub.path()), Extra.GPM)) {
            MetricsSnapshot s = whenThere(transport, GpuMetrics.MATRIX_ACTIVE);
            assertThat(s.where(Dimension.GPU_INSTANCE, "5").value(GpuMetrics.MATRIX_ACTIVE))
                    .isEqualTo(0.055);
            assertThat(s.where(Dimension.GPU_INSTANCE, "1").value(GpuMetrics.PCIE_TX))
                    .isEqualTo(20.5 * 1024 * 1024);
        }
    }

    @ParameterizedTest
    @CsvSource({"MIG-stub-2,5", "'MIG-stub-0,MIG-stub-2',1 5", "MIG-stub,1 5"})
    void partsAreChosenByTheirUuids(String visible, String instances) {
        Stub stub = Stub.compiled(folder).script("mig 1");
        Map<String, String> environment = Map.of("CUDA_VISIBLE_DEVICES", visible);
        try (LocalTransport transport = Reads.open(bind(stub.path()), "visible", environment)) {
            MetricsSnapshot s = snapshot(transport);
            assertThat(s.devices()).containsOnlyKeys("GPU-stub-b");
            assertThat(s.values(Dimension.GPU_INSTANCE)).containsExactly(instances.split(" "));
            assertThat(s.value(GpuMetrics.POWER)).isNaN();
        }
    }

    @Test
    void whatIsNoLibraryIsAnErrorOfLinking() {
        assertThatThrownBy(() -> bind(folder.resolve("none.so").toString()))
                .isInstanceOfAny(LinkageError.class, IllegalArgumentException.class);
    }
}
