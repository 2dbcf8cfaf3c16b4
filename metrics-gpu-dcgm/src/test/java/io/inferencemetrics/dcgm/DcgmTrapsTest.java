package io.inferencemetrics.dcgm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices and what is odd about them, in a body of our own; so that this is tested without the real bodies too. */
class DcgmTrapsTest {
    private static final String PLAIN =
            "gpu=\"0\",UUID=\"GPU-a\",pci_bus_id=\"00000000:01:00.0\",modelName=\"NVIDIA A\"";
    private static final String SPLIT =
            "gpu=\"1\",UUID=\"GPU-b\",pci_bus_id=\"00000000:02:00.0\",modelName=\"NVIDIA B\"";
    private static final String ONE = SPLIT + ",GPU_I_PROFILE=\"1g.10gb\",GPU_I_ID=\"1\"";
    private static final String TWO = SPLIT + ",GPU_I_PROFILE=\"2g.20gb\",GPU_I_ID=\"2\"";

    @TempDir
    private Path folder;

    private Path body = Path.of("");

    @BeforeEach
    void aFile() {
        body = folder.resolve("metrics");
    }

    private MetricsSnapshot read(String... lines) throws IOException {
        Files.writeString(body, String.join("\n", lines) + "\n");
        return Collectors.forGpu("dcgm").collect("file:" + body);
    }

    private static String line(String family, String labels, String value) {
        return family + "{" + labels + "} " + value;
    }

    private static Absence absence(MetricsSnapshot snapshot, Metric<?> metric) {
        return ((Reading.Absent<?>) snapshot.reading(metric)).reason();
    }

    @Test
    void whatIsOfTheWholeDeviceIsNotAddedUpOverItsInstances() throws IOException {
        MetricsSnapshot s = read(
                line("DCGM_FI_DEV_POWER_USAGE", PLAIN, "70.5"),
                line("DCGM_FI_DEV_POWER_USAGE", ONE, "115.9"),
                line("DCGM_FI_DEV_POWER_USAGE", TWO, "116.1"),
                line("DCGM_FI_DEV_GPU_TEMP", PLAIN, "60"),
                line("DCGM_FI_DEV_GPU_TEMP", ONE, "44"),
                line("DCGM_FI_DEV_GPU_TEMP", TWO, "45"));
        assertThat(s.value(GpuMetrics.POWER)).isEqualTo(70.5 + 116.1);
        assertThat(s.value(GpuMetrics.TEMPERATURE)).isEqualTo(60);
        assertThat(s.where(Dimension.GPU, "GPU-b").value(GpuMetrics.TEMPERATURE))
                .isEqualTo(45);
        assertThat(s.where(Dimension.GPU, "GPU-b").text(GpuMetrics.NAME)).contains("NVIDIA B");
        assertThat(s.where(Dimension.GPU, "GPU-b").value(GpuMetrics.INDEX)).isEqualTo(1);
    }

    @Test
    void theDevicesOwnRowGoesBeforeItsCopies() throws IOException {
        MetricsSnapshot s = read(
                line("DCGM_FI_DEV_POWER_USAGE", SPLIT, "115"),
                line("DCGM_FI_DEV_POWER_USAGE", ONE, "116"),
                line("DCGM_FI_DEV_POWER_USAGE", TWO, "117"));
        assertThat(s.value(GpuMetrics.POWER)).isEqualTo(115);
        Reading.Absent<?> ofAPart = (Reading.Absent<?>) s.where(Dimension.GPU, "GPU-b")
                .where(Dimension.GPU_INSTANCE, "1")
                .reading(GpuMetrics.POWER);
        assertThat(ofAPart.reason()).isEqualTo(Absence.NOT_EXPOSED);
        assertThat(ofAPart.detail())
                .isEqualTo("DCGM_FI_DEV_POWER_USAGE is not told apart so that it could be said of {gpu=GPU-b,"
                        + " gpu_instance=1}");
    }

    @Test
    void instancesAreApartAndNeverAddedToTheirDevice() throws IOException {
        MetricsSnapshot s = read(
                line("DCGM_FI_DEV_FB_USED", PLAIN, "1000"),
                line("DCGM_FI_DEV_FB_USED", SPLIT, "300"),
                line("DCGM_FI_DEV_FB_USED", ONE, "100"),
                line("DCGM_FI_DEV_FB_USED", TWO, "180"));
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(1300.0 * 1024 * 1024);
        MetricsSnapshot two = s.where(Dimension.GPU, "GPU-b").where(Dimension.GPU_INSTANCE, "2");
        assertThat(two.value(GpuMetrics.MEMORY_USED)).isEqualTo(180.0 * 1024 * 1024);
        assertThat(two.text(GpuMetrics.INSTANCE_PROFILE)).contains("2g.20gb");
        assertThat(s.where(Dimension.GPU_INSTANCE, "2").values(Dimension.GPU)).containsExactly("GPU-b");
    }

    @Test
    void instancesOfDevicesWithoutARowOfTheirOwnAddUp() throws IOException {
        MetricsSnapshot s = read(line("DCGM_FI_DEV_FB_USED", ONE, "100"), line("DCGM_FI_DEV_FB_USED", TWO, "180"));
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(280.0 * 1024 * 1024);
    }

    @Test
    void blankNumbersAreNoNumbers() throws IOException {
        MetricsSnapshot s = read(
                line("DCGM_FI_DEV_MEMORY_TEMP", PLAIN, "9223372036854775794"),
                line("DCGM_FI_DEV_POWER_USAGE", PLAIN, "140737488355331"),
                line("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", PLAIN, "9223372036854775792"),
                line("DCGM_FI_DEV_GPU_TEMP", PLAIN, "2147483632"),
                line("DCGM_FI_DEV_GPU_UTIL", PLAIN, "2147483634"));
        assertThat(absence(s, GpuMetrics.MEMORY_TEMPERATURE)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(absence(s, GpuMetrics.POWER)).isEqualTo(Absence.NO_PERMISSION);
        assertThat(absence(s, GpuMetrics.ENERGY)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(absence(s, GpuMetrics.TEMPERATURE)).isEqualTo(Absence.UNKNOWN);
        assertThat(absence(s, GpuMetrics.UTILIZATION)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(s.value(GpuMetrics.POWER)).isNaN();
    }

    @Test
    void memoryWithoutASensorIsNotFrozen() throws IOException {
        MetricsSnapshot s =
                read(line("DCGM_FI_DEV_MEMORY_TEMP", PLAIN, "0"), line("DCGM_FI_DEV_MEMORY_TEMP", SPLIT, "61"));
        Reading<Double> temperature = s.reading(GpuMetrics.MEMORY_TEMPERATURE);
        assertThat(temperature.optional()).contains(61.0);
        assertThat(temperature.provenance().note()).contains("1 of 2 series have a value");
    }

    @Test
    void theBitsThatHoldTheClocksDownHaveNames() throws IOException {
        MetricsSnapshot s = read(line("DCGM_FI_DEV_CLOCK_THROTTLE_REASONS", PLAIN, "68"));
        assertThat(s.value(GpuMetrics.CLOCK_REASON)).isEqualTo(1);
        assertThat(s.values(Dimension.REASON)).contains("power_cap", "hw_thermal");
        assertThat(s.where(Dimension.REASON, "power_cap").value(GpuMetrics.CLOCK_REASON))
                .isEqualTo(1);
        assertThat(s.where(Dimension.REASON, "hw_thermal").value(GpuMetrics.CLOCK_REASON))
                .isEqualTo(1);
        assertThat(s.where(Dimension.REASON, "idle").value(GpuMetrics.CLOCK_REASON))
                .isZero();
    }

    @Test
    void aDeviceThatPodsShareIsCountedOnce() throws IOException {
        MetricsSnapshot s = read(
                line("DCGM_FI_DEV_FB_USED", PLAIN + ",namespace=\"n\",pod=\"p1\",container=\"\"", "500"),
                line("DCGM_FI_DEV_FB_USED", PLAIN + ",namespace=\"n\",pod=\"p2\",container=\"\"", "500"));
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(500.0 * 1024 * 1024);
        assertThat(s.text(GpuMetrics.NAMESPACE)).contains("n");
        assertThat(absence(s, GpuMetrics.POD)).isEqualTo(Absence.AMBIGUOUS);
        assertThat(s.series(GpuMetrics.POD)).hasSize(2);
        assertThat(((Reading.Absent<?>) s.reading(GpuMetrics.CONTAINER)).detail())
                .isEqualTo("the label container of DCGM_FI_DEV_SM_CLOCK appears with Kubernetes and a pod that has the"
                        + " device");
    }

    @Test
    void aWindowTellsTheMeanPowerFromTheEnergy() throws IOException {
        Files.writeString(body, line("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", PLAIN, "1000000") + "\n");
        try (Collector collector = Collectors.forGpu("dcgm").at("file:" + body)) {
            MetricsSnapshot before = collector.collect();
            Files.writeString(body, line("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", PLAIN, "1045500") + "\n");
            Window window = Window.between(before, collector.collect(), Duration.ofSeconds(10));
            assertThat(window.increase(GpuMetrics.ENERGY).optional().orElseThrow())
                    .isEqualTo(45.5, within(1e-9));
        }
    }

    @Test
    void whoAsksAnEngineForADevicesTextIsToldWhatItIs() throws IOException {
        Files.writeString(body, line("DCGM_FI_DEV_GPU_TEMP", PLAIN, "40") + "\n");
        CollectResult result = Collectors.forGpu("nvidia-smi-exporter").tryCollect("file:" + body);
        assertThat(result).isInstanceOfSatisfying(CollectResult.Failure.class, failure -> {
            assertThat(failure.message()).contains("its metrics are those of DCGM");
            assertThat(failure.hint()).contains("Collectors.forGpu(\"dcgm\") with the module metrics-gpu-dcgm");
        });
    }

    @Test
    void processesAreToldApart() throws IOException {
        Files.writeString(body, """
                        # TYPE nvidia_smi_compute_app_used_memory_bytes gauge
                        nvidia_smi_compute_app_used_memory_bytes{pid="7",process_name="a",uuid="u"} 100
                        nvidia_smi_compute_app_used_memory_bytes{pid="8",process_name="b",uuid="u"} 50
                        nvidia_smi_compute_app_info{pid="7",process_name="a",uuid="u"} 1
                        nvidia_smi_compute_app_info{pid="8",process_name="b",uuid="u"} 1
                        nvidia_smi_clocks_event_reasons_active{uuid="u"} 4
                        """);
        MetricsSnapshot s = Collectors.forGpu("nvidia-smi-exporter").collect("file:" + body);
        assertThat(s.value(GpuMetrics.PROCESS_MEMORY)).isEqualTo(150);
        MetricsSnapshot one = s.where(Dimension.PROCESS, "8");
        assertThat(one.value(GpuMetrics.PROCESS_MEMORY)).isEqualTo(50);
        assertThat(one.text(GpuMetrics.PROCESS_NAME)).contains("b");
        assertThat(s.series(GpuMetrics.CLOCK_REASON))
                .filteredOn(series -> series.value() == 1)
                .extracting(series -> series.dimensions())
                .containsExactly(Map.of("gpu", "u", "reason", "power_cap"));
    }
}
