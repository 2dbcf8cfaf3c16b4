package io.inferencemetrics.host.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.metric.HostMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PressurePartTest {
    private static MetricsSnapshot machine(String name) {
        return Machine.read(new PressurePart(Machine.files(name)), new CgroupPart(Machine.files("v2-container")));
    }

    @Test
    void sharesAndTotalsAreTold() {
        MetricsSnapshot s = machine("pressure");
        assertThat(s.value(HostMetrics.CPU_PRESSURE)).isEqualTo(0.2187);
        assertThat(s.value(HostMetrics.IO_PRESSURE)).isEqualTo(0.0217);
        assertThat(s.value(HostMetrics.IO_PRESSURE_FULL)).isEqualTo(0.0149);
        assertThat(s.value(HostMetrics.MEMORY_PRESSURE)).isZero();
        assertThat(s.value(HostMetrics.CPU_PRESSURE_TIME)).isEqualTo(13963.29174);
        assertThat(s.value(HostMetrics.MEMORY_PRESSURE_TIME)).isEqualTo(0.00012);
        assertThat(s.value(HostMetrics.MEMORY_PRESSURE_FULL_TIME)).isEqualTo(0.00002);
        assertThat(s.value(HostMetrics.IO_PRESSURE_TIME)).isEqualTo(234.496012);
        assertThat(s.value(HostMetrics.IO_PRESSURE_FULL_TIME)).isEqualTo(144.955253);
        assertThat(s.coverage().unmapped()).isEmpty();
    }

    @Test
    void aKernelWithoutPressureSaysNothing() {
        assertThat(Machine.why(machine("v2-container"), HostMetrics.IO_PRESSURE))
                .isEqualTo(Absence.OPTION_OFF);
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        MetricsSnapshot s = machine("pressure-broken");
        assertThat(Machine.why(s, HostMetrics.CPU_PRESSURE)).isEqualTo(Absence.UNKNOWN);
        assertThat(Machine.why(s, HostMetrics.CPU_PRESSURE_TIME)).isEqualTo(Absence.UNKNOWN);
        // a folder stands for a file that can be opened and not be read
        assertThat(Machine.why(s, HostMetrics.IO_PRESSURE)).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(Machine.why(s, HostMetrics.IO_PRESSURE_FULL_TIME)).isEqualTo(Absence.NOT_SUPPORTED);
    }

    @Test
    void ofAFileThatIsTooLongNothingIsBelieved(@TempDir Path folder) throws IOException {
        byte[] text = new byte[(1 << 20) + 1];
        Arrays.fill(text, (byte) '1');
        Path file = Files.write(folder.resolve("long"), text);
        assertThat(KernelFiles.read(file).absent()).contains(Absence.UNKNOWN);
        Files.write(file, Arrays.copyOf(text, 1 << 20));
        assertThat(KernelFiles.read(file)).isEqualTo(new KernelText("1".repeat(1 << 20)));
        assertThat(KernelFiles.read(folder.resolve("none"))).isEqualTo(KernelText.NO_FILE);
    }

    @Test
    void aFileThatMayNotBeReadSaysSo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "1");
        boolean changed = file.toFile().setReadable(false);
        assumeTrue(changed && !Files.isReadable(file), "who runs this test may read everything");
        assertThat(KernelFiles.read(file).number()).isEqualTo(Said.absent(Absence.NO_PERMISSION));
    }
}
