package io.inferencemetrics.host.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.host.internal.Processes.Wanted;
import io.inferencemetrics.metric.HostMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoProvider;
import oshi.util.PlatformEnum;

class ProcessPartTest {
    @TempDir
    private Path root;

    private final Map<String, Object> engine = engine();

    private static Map<String, Object> engine() {
        Map<String, Object> values = new HashMap<>(Map.of(
                "getName",
                "VLLM::EngineCor",
                "getProcessID",
                7,
                "getState",
                OSProcess.State.RUNNING,
                "getStartTime",
                1_000L,
                "updateAttributes",
                true,
                "getUserTime",
                1_500L,
                "getKernelTime",
                500L,
                "getThreadCount",
                30,
                "getOpenFiles",
                0L));
        values.putAll(Map.of("getResidentMemory", 9L, "getVirtualSize", 90L, "getSoftOpenFileLimit", -1L));
        return values;
    }

    private ProcessPart part() {
        OSProcess process = Machine.saying(OSProcess.class, engine);
        OperatingSystem os = Machine.saying(OperatingSystem.class, Map.of("getProcess", process));
        return new ProcessPart(os, Processes.parse("7"), new KernelFiles(root));
    }

    @Test
    void aProcessIsToldByItsId() {
        MetricsSnapshot s = Machine.read(part());
        assertThat(s.where(Dimension.PROCESS, "7").text(HostMetrics.PROCESS_NAME))
                .contains("VLLM::EngineCor");
        assertThat(s.value(HostMetrics.PROCESS_CPU_TIME)).isEqualTo(2);
        assertThat(s.value(HostMetrics.PROCESS_MEMORY)).isEqualTo(9);
        assertThat(s.value(HostMetrics.PROCESS_VIRTUAL_MEMORY)).isEqualTo(90);
        assertThat(s.value(HostMetrics.PROCESS_THREADS)).isEqualTo(30);
        assertThat(s.value(HostMetrics.PROCESS_START_TIME)).isEqualTo(1);
        assertThat(s.reading(HostMetrics.PROCESS_OPEN_FILES_LIMIT).optional()).isEmpty();
    }

    @Test
    void openFilesThatMayNotBeSeenAreNotNone() throws IOException {
        ProcessPart part = part();
        assertThat(Machine.why(Machine.read(part), HostMetrics.PROCESS_OPEN_FILES))
                .isEqualTo(Absence.NO_PERMISSION);
        Files.createDirectories(root.resolve("proc/7/fd"));
        assertThat(Machine.read(part).value(HostMetrics.PROCESS_OPEN_FILES)).isZero();
    }

    @Test
    void anIdThatWasGivenToAnotherProcessIsNotTheOneAskedFor() {
        ProcessPart part = part();
        assertThat(Machine.read(part).value(HostMetrics.PROCESS_MEMORY)).isEqualTo(9);
        engine.put("getStartTime", 2_000L);
        for (int i = 0; i < 2; i++) {
            MetricsSnapshot later = Machine.read(part);
            assertThat(Machine.why(later, HostMetrics.PROCESS_MEMORY)).isEqualTo(Absence.UNKNOWN);
            assertThat(later.text(HostMetrics.PROCESS_NAME)).isEmpty();
        }
    }

    @Test
    void aProcessThatEndedBeforeTheFirstReadIsAbsent() {
        engine.put("getState", OSProcess.State.INVALID);
        assertThat(Machine.why(Machine.read(part()), HostMetrics.PROCESS_THREADS))
                .isEqualTo(Absence.UNKNOWN);
    }

    @Test
    void aSelectionNamesProcesses() {
        assertThat(Processes.parse("all").wanted()).isEmpty();
        int self = (int) ProcessHandle.current().pid();
        assertThat(Processes.parse("7, 8+,7,self").wanted())
                .containsExactly(new Wanted(7, false), new Wanted(8, true), new Wanted(self, false));
        for (String wrong : List.of("", "0", "-1", "x", "+", "1,,2", "99999999999", "1++")) {
            assertThatThrownBy(() -> Processes.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("self");
        }
    }

    @Test
    void aSystemThatOshiCannotReadSaysWhatToAdd() {
        Supplier<SystemInfoProvider> none = () -> {
            throw new IllegalStateException("No SystemInfoProvider found.");
        };
        HostSource source = new HostSource(PlatformEnum.WINDOWS, none);
        assertThat(source.unavailable())
                .hasValueSatisfying(why -> assertThat(why).contains("Windows", "com.github.oshi:oshi-core"));
        assertThatThrownBy(() -> source.open("all")).hasMessageContaining("No SystemInfoProvider found.");
        Supplier<SystemInfoProvider> there =
                () -> Machine.saying(SystemInfoProvider.class, Map.of("isAvailable", true));
        assertThat(new HostSource(PlatformEnum.LINUX, there).unavailable()).isEmpty();
    }
}
