package io.inferencemetrics.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.energy.Placement.Reason;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GpuFinderTest {
    private static final String ADDRESS = "http://127.0.0.1:8000";

    /** 127.0.0.1, port 8000, as a little-endian machine writes it. */
    private static final String LOOPBACK = "0100007F:1F40";

    private static final String ANY = "00000000:1F40";
    private static final String ANY_6 = "00000000000000000000000000000000:1F40";

    @TempDir
    private Path folder;

    private FakeProc proc;

    @BeforeEach
    void aServerWithTwoWorkers() {
        proc = new FakeProc(folder.resolve("proc"))
                .process(1, 0, "init")
                .process(100, 1, "vllm")
                .process(101, 100, "VLLM::EngineCor")
                .process(102, 101, "VLLM::Worker (2")
                .process(200, 1, "another");
    }

    private static String on(String gpu, long process) {
        return "nvml_process_memory_bytes{gpu=\"0\",uuid=\"" + gpu + "\",pid=\"" + process + "\",type=\"compute\"} 5\n";
    }

    private static String in(String instance, long process) {
        return "nvml_process_memory_bytes{gpu=\"0\",uuid=\"GPU-a\",gpu_instance_id=\"" + instance
                + "\",compute_instance_id=\"0\",pid=\"" + process + "\",type=\"compute\"} 5\n";
    }

    private static MetricsSnapshot gpus(String... lines) {
        return Snapshots.read("# TYPE nvml_process_memory_bytes gauge\n" + String.join("", lines));
    }

    private Placement.Unknown unknown(String address, MetricsSnapshot gpus) {
        Placement placement = proc.finder().find(address, gpus);
        assertThat(placement.gpus()).isEmpty();
        assertThat(placement).isInstanceOf(Placement.Unknown.class);
        Placement.Unknown unknown = (Placement.Unknown) placement;
        assertThat(unknown.detail())
                .contains(address.replaceFirst("http://", ""))
                .doesNotEndWith(".");
        return unknown;
    }

    @Test
    void theGpusOfTheListenerAndItsDescendantsAreTheServers() {
        proc.listens(100, LOOPBACK, 7001);
        Placement placement = proc.finder().find(ADDRESS, gpus(on("GPU-a", 101), on("GPU-b", 102), on("GPU-c", 200)));
        assertThat(placement.gpus())
                .containsExactly(
                        new UsedGpu("GPU-a", List.of(), List.of(101L), List.of(), List.of()),
                        new UsedGpu("GPU-b", List.of(), List.of(102L), List.of(), List.of()));
        assertThat(placement.gpus()).noneMatch(UsedGpu::shared);
    }

    @Test
    void whoElseIsOnAGpuIsTold() {
        proc.listens(100, LOOPBACK, 7001);
        UsedGpu gpu = proc.finder()
                .find(ADDRESS, gpus(on("GPU-a", 101), on("GPU-a", 200)))
                .gpus()
                .get(0);
        assertThat(gpu.processes()).containsExactly(101L);
        assertThat(gpu.otherProcesses()).containsExactly(200L);
        assertThat(gpu.shared()).isTrue();
    }

    @Test
    void partsOfADeviceAreTold() {
        proc.listens(100, LOOPBACK, 7001);
        UsedGpu gpu = proc.finder()
                .find(ADDRESS, gpus(in("3", 101), in("11", 102), in("5", 200)))
                .gpus()
                .get(0);
        assertThat(gpu)
                .isEqualTo(new UsedGpu("GPU-a", List.of("3", "11"), List.of(101L, 102L), List.of("5"), List.of(200L)));
    }

    @Test
    void partsWithoutAProcessCountAsOthers() {
        proc.listens(100, LOOPBACK, 7001);
        String idle =
                "nvml_memory_used_bytes{gpu=\"0\",uuid=\"GPU-a\",gpu_instance_id=\"9\",compute_instance_id=\"0\"} 1\n";
        UsedGpu gpu =
                proc.finder().find(ADDRESS, gpus(in("3", 101), idle)).gpus().get(0);
        assertThat(gpu.instances()).containsExactly("3");
        assertThat(gpu.otherInstances()).containsExactly("9");
    }

    @Test
    void aProcessWhoseMemoryTheDriverDoesNotTellIsFoundToo() {
        proc.listens(100, LOOPBACK, 7001);
        String blank = """
                # TYPE nvml_process_info gauge
                nvml_process_info{gpu="0",uuid="GPU-a",pid="101",name=""} 1
                """;
        assertThat(proc.finder().find(ADDRESS, Snapshots.read(blank)).gpus()).hasSize(1);
    }

    @Test
    void whoHasOnlyBeenBusyLatelyIsNoLongerThere() {
        proc.listens(100, LOOPBACK, 7001);
        String row = "gpu.process.util | nvml_process_busy_percent | gauge | percent\n";
        String busy = "nvml_process_busy_percent{gpu=\"0\",uuid=\"GPU-a\",pid=\"200\"} 7\n";
        MetricsSnapshot gpus = Snapshots.nvml(row).at(0, on("GPU-a", 101) + busy);
        assertThat(gpus.values(Dimension.PROCESS)).containsExactly("101", "200");
        assertThat(proc.finder().find(ADDRESS, gpus).gpus().get(0).shared()).isFalse();
    }

    @Test
    void whoListensForExactlyThisAddressGoesBeforeWhoListensForAny() {
        proc.listens(100, LOOPBACK, 7001).listens(200, ANY, 7002);
        MetricsSnapshot gpus = gpus(on("GPU-a", 101), on("GPU-b", 200));
        assertThat(proc.finder().find(ADDRESS, gpus).gpus())
                .extracting(UsedGpu::id)
                .containsExactly("GPU-a");
    }

    @Test
    void aServerMayListenForAnyAddressOfEitherProtocol() {
        MetricsSnapshot gpus = gpus(on("GPU-a", 101));
        proc.listens(100, ANY_6, 7003);
        assertThat(proc.finder().find(ADDRESS, gpus).gpus()).hasSize(1);
        assertThat(proc.finder().find("localhost:8000", gpus).gpus()).hasSize(1);
        assertThat(unknown("http://127.0.0.1:8001", gpus).reason()).isEqualTo(Reason.NOTHING_LISTENS);
    }

    @Test
    void theUsualPortIsThatOfTheScheme() {
        proc.listens(100, "0100007F:0050", 7001).listens(200, "0100007F:01BB", 7002);
        MetricsSnapshot gpus = gpus(on("GPU-a", 101), on("GPU-b", 200));
        assertThat(proc.finder().find("http://127.0.0.1", gpus).gpus().get(0).id())
                .isEqualTo("GPU-a");
        assertThat(proc.finder().find("https://127.0.0.1", gpus).gpus().get(0).id())
                .isEqualTo("GPU-b");
    }

    @Test
    void aUnixSocketIsAnAddressToo() {
        Path socket = folder.resolve("a server.sock");
        proc.listens(100, socket, 7004);
        MetricsSnapshot gpus = gpus(on("GPU-a", 101));
        assertThat(proc.finder().find("unix:" + socket, gpus).gpus()).hasSize(1);
        assertThat(proc.finder().find("unix:/other.sock", gpus))
                .isInstanceOfSatisfying(
                        Placement.Unknown.class, u -> assertThat(u.reason()).isEqualTo(Reason.NOTHING_LISTENS));
    }

    @Test
    void aConnectionIsNoListener() {
        proc.connection(200, LOOPBACK, 7005);
        assertThat(unknown(ADDRESS, gpus(on("GPU-a", 200))).reason()).isEqualTo(Reason.NOTHING_LISTENS);
    }

    @Test
    void aLauncherThatStartsTheListenerBesideItsWorkersBelongsToTheServer() {
        proc.process(300, 1, "text-generation")
                .process(301, 300, "text-generation")
                .process(302, 300, "python3")
                .listens(301, LOOPBACK, 7001);
        assertThat(proc.finder().find(ADDRESS, gpus(on("GPU-a", 302))).gpus())
                .containsExactly(new UsedGpu("GPU-a", List.of(), List.of(302L), List.of(), List.of()));
    }

    @Test
    void aShellThatStartedSeveralServersDoesNotMixThemUp() {
        proc.process(300, 1, "bash")
                .process(301, 300, "vllm")
                .process(302, 300, "vllm")
                .listens(301, LOOPBACK, 7001);
        assertThat(unknown(ADDRESS, gpus(on("GPU-a", 302))).reason()).isEqualTo(Reason.NOT_ON_A_GPU);
    }

    @Test
    void aServerOnAnotherMachineCannotBeSeen() {
        assertThat(unknown("http://198.51.100.7:8000", gpus(on("GPU-a", 101))).reason())
                .isEqualTo(Reason.NOT_HERE);
        assertThat(unknown("http://no-such-host.invalid:8000", gpus(on("GPU-a", 101)))
                        .reason())
                .isEqualTo(Reason.NOT_HERE);
        assertThat(unknown("file:/body.txt", gpus(on("GPU-a", 101))).reason()).isEqualTo(Reason.NOT_HERE);
    }

    @Test
    void aSystemWithoutProcSaysSo() {
        GpuFinder finder = new GpuFinder(new ProcFiles(folder.resolve("nothing")));
        assertThat(finder.find(ADDRESS, gpus()))
                .isInstanceOfSatisfying(
                        Placement.Unknown.class, u -> assertThat(u.reason()).isEqualTo(Reason.NOT_SUPPORTED));
    }

    @Test
    void whoMayNotSeeTheListenerIsToldSo() {
        proc.listens(100, LOOPBACK, 7001).refuses(100);
        Placement.Unknown unknown = unknown(ADDRESS, gpus(on("GPU-a", 101)));
        assertThat(unknown.reason()).isEqualTo(Reason.NO_PERMISSION);
        assertThat(unknown.detail()).contains("root");
    }

    @Test
    void aListenerOfAnotherNamespaceIsNotSeen() {
        proc.listens(100, LOOPBACK, 7001);
        // the table is that of a network shared with others, and the socket's process is not here
        proc.listed("0100007F:1F41", 7006);
        assertThat(unknown("http://127.0.0.1:8001", gpus(on("GPU-a", 101))).reason())
                .isEqualTo(Reason.OTHER_PID_NAMESPACE);
    }

    @Test
    void idsOfAnotherNamespaceMatchNothing() {
        proc.listens(100, LOOPBACK, 7001).nested();
        Placement.Unknown unknown = unknown(ADDRESS, gpus(on("GPU-a", 41234), on("GPU-b", 41235)));
        assertThat(unknown.reason()).isEqualTo(Reason.OTHER_PID_NAMESPACE);
        assertThat(unknown.detail()).contains("41234");
    }

    @Test
    void anIdThatIsTheSameByAccidentIsNotBelieved() {
        proc.listens(100, LOOPBACK, 7001).nested();
        assertThat(unknown(ADDRESS, gpus(on("GPU-a", 101), on("GPU-b", 41235))).reason())
                .isEqualTo(Reason.OTHER_PID_NAMESPACE);
        assertThat(proc.finder().find(ADDRESS, gpus(on("GPU-a", 101))).gpus()).hasSize(1);
    }

    @Test
    void aDriverThatTellsAContainerNothingIsNamed() {
        proc.listens(100, LOOPBACK, 7001).nested();
        String none = "# TYPE nvml_processes gauge\nnvml_processes{gpu=\"0\",uuid=\"GPU-a\",type=\"compute\"} 0\n";
        assertThat(unknown(ADDRESS, Snapshots.read(none)).reason()).isEqualTo(Reason.OTHER_PID_NAMESPACE);
    }

    @Test
    void aServerThatComputesElsewhereIsOnNoGpu() {
        proc.listens(100, LOOPBACK, 7001);
        assertThat(unknown(ADDRESS, gpus(on("GPU-a", 200))).reason()).isEqualTo(Reason.NOT_ON_A_GPU);
        String none = "# TYPE nvml_processes gauge\nnvml_processes{gpu=\"0\",uuid=\"GPU-a\",type=\"compute\"} 0\n";
        assertThat(unknown(ADDRESS, Snapshots.read(none)).reason()).isEqualTo(Reason.NOT_ON_A_GPU);
    }

    @Test
    void anExporterThatTellsNoProcessesIsNamed() {
        proc.listens(100, LOOPBACK, 7001);
        MetricsSnapshot dcgm = Snapshots.dcgm().at(0, "DCGM_FI_DEV_POWER_USAGE{gpu=\"0\",UUID=\"GPU-a\"} 100\n");
        Placement.Unknown unknown = unknown(ADDRESS, dcgm);
        assertThat(unknown.reason()).isEqualTo(Reason.NO_PROCESSES_TOLD);
        assertThat(unknown.detail()).startsWith("dcgm does not tell");
    }

    @Test
    void inAContainerTooAnExporterTellsNoProcesses() {
        proc.listens(100, LOOPBACK, 7001).nested();
        MetricsSnapshot dcgm = Snapshots.dcgm().at(0, "DCGM_FI_DEV_POWER_USAGE{gpu=\"0\",UUID=\"GPU-a\"} 100\n");
        assertThat(unknown(ADDRESS, dcgm).reason()).isEqualTo(Reason.NO_PROCESSES_TOLD);
    }

    @Test
    void gpusCanBeChosen() {
        assertThat(Placement.chosen(List.of("GPU-a", "GPU-a")).gpus()).containsExactly(UsedGpu.chosen("GPU-a"));
        assertThatThrownBy(() -> Placement.chosen(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void onThisMachineAListenerAndWhatItStartedAreFound() throws IOException {
        Process child = new ProcessBuilder("sleep", "600").start();
        long self = ProcessHandle.current().pid();
        MetricsSnapshot gpus = gpus(on("GPU-a", self), on("GPU-b", child.pid()), on("GPU-c", 1));
        String address;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "http://127.0.0.1:" + server.getLocalPort();
            assertThat(new GpuFinder().find(address, gpus).gpus())
                    .extracting(UsedGpu::id)
                    .containsExactly("GPU-a", "GPU-b");
        } finally {
            child.destroy();
        }
        assertThat(new GpuFinder().find(address, gpus))
                .isInstanceOfSatisfying(
                        Placement.Unknown.class, u -> assertThat(u.reason()).isEqualTo(Reason.NOTHING_LISTENS));
    }
}
