package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report about a library of our own; what it says of a real one stands nowhere before it was written on such a machine. */
class FieldReportTest {
    @TempDir
    private Path folder;

    @Test
    void everyFieldOfEveryDeviceIsInTheReportAndWhoTheyAreIsNot() throws InterruptedException {
        String library = Stub.compiled(folder).path();
        System.setProperty(Libraries.PROPERTY, library);
        try {
            String report = new FieldReport(folder.resolve("none").toString(), 3)
                    .write(() -> JnaBinding.open(library), () -> JnaBinding.open(library));
            assertThat(report)
                    .contains("**Not the driver's library: libnvidia-ml.so.1")
                    .contains("Driver 570.86.15, CUDA 12.8, 2 device(s).")
                    .contains("| field | source | Stub A | Stub B |")
                    .contains("| `gpu.power` | `nvml_power_usage_milliwatts` | 311.5 | 311.501 |")
                    .contains("| `gpu.matrix.active` | `nvml_gpm_tensor_percent` | 0.055 | 0.055 |")
                    .contains("| `gpu.pcie.tx` | `nvml_pcie_tx_kilobytes_per_second` | 1000000.0 | 1001000.0 |")
                    .contains("`gpu.throttle.sync_boost_time` |", "not supported", "| JNA |")
                    .contains("| starting nvidia-smi | not there |")
                    .doesNotContain("GPU-stub", "vllm");
        } finally {
            System.clearProperty(Libraries.PROPERTY);
        }
    }
}
