package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.testkit.contract.BodyTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuDoctorTest {
    private static final String NO_LIBRARY =
            "NVML's library was expected as libnvidia-ml.so.1 or libnvidia-ml.so, but cannot be loaded: no such file";
    private static final String DRIVER = "570.86.15";

    @TempDir
    private Path root;

    private Predicate<Path> mayOpen = file -> true;

    @BeforeEach
    void aMachineWithLinux() throws IOException {
        write("proc/self/cgroup", "0::/user.slice\n");
        write("sys/bus/pci/devices/0000:00:1f.0/vendor", "0x8086\n");
        write("sys/bus/pci/devices/0000:00:1f.0/class", "0x020000\n");
        Files.createDirectories(root.resolve("dev"));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void hardware() throws IOException {
        write("sys/bus/pci/devices/0000:65:00.0/vendor", "0x10de\n");
        write("sys/bus/pci/devices/0000:65:00.0/class", "0x030200\n");
    }

    private void driver() throws IOException {
        hardware();
        write(
                "proc/driver/nvidia/version",
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  " + DRIVER
                        + "  Release Build  (dvs-builder)  Thu Jan 23 2025\nGCC version: 12.2.0\n");
    }

    private void devices() throws IOException {
        write("dev/nvidiactl", "");
        write("dev/nvidia0", "");
    }

    private void library(String version) throws IOException {
        write("usr/lib/x86_64-linux-gnu/libnvidia-ml.so." + version, "");
        Files.createSymbolicLink(
                root.resolve("usr/lib/x86_64-linux-gnu/libnvidia-ml.so.1"), Path.of("libnvidia-ml.so." + version));
    }

    private void container() throws IOException {
        write(".dockerenv", "");
    }

    private static String status(int status) {
        return "NVML cannot be opened (status " + status + "): see the words for it";
    }

    private Diagnosis failing(String why) {
        return diagnosis(new GpuReading(Optional.of("nvml"), Optional.of(why), Optional.empty(), Optional.of(why)));
    }

    private Diagnosis reading(String body, Optional<String> notTheBest) {
        return diagnosis(new GpuReading(
                Optional.of("nvml"),
                notTheBest,
                Optional.of(Collectors.forGpu("nvml")
                        .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), "text/plain"))
                        .collect("http://localhost:1")),
                Optional.empty()));
    }

    private Diagnosis diagnosis(GpuReading reading) {
        Diagnosis diagnosis = new GpuDoctor(() -> new NvidiaFiles(root, mayOpen), () -> reading).examine();
        assertThat(diagnosis.target()).isEqualTo("local:gpu");
        return diagnosis;
    }

    private static void isCause(Diagnosis diagnosis, Cause cause, String... words) {
        assertThat(diagnosis.finding().cause()).isEqualTo(cause);
        assertThat(List.of(words)).allMatch(diagnosis.sentence()::contains);
        assertThat(diagnosis.sentence()).endsWith(".").doesNotContain("..").doesNotContain("\n");
    }

    @Test
    void aMachineWithoutHardware() {
        Diagnosis diagnosis = failing(NO_LIBRARY);
        isCause(diagnosis, Cause.NO_GPU, "this machine has no NVIDIA GPU");
        assertThat(diagnosis.severity()).isEqualTo(Severity.UNREADABLE);
        assertThat(diagnosis.asked()).startsWith("nvml").contains("/sys/bus/pci/devices", "/dev");
        assertThat(diagnosis.engine()).isEmpty();
    }

    @Test
    void hardwareThatIsNoGpuIsNone() throws IOException {
        write("sys/bus/pci/devices/0000:65:00.1/vendor", "0x10de\n");
        write("sys/bus/pci/devices/0000:65:00.1/class", "0x040300\n");
        isCause(failing(NO_LIBRARY), Cause.NO_GPU);
    }

    @Test
    void noDriver() throws IOException {
        hardware();
        isCause(failing(NO_LIBRARY), Cause.GPU_DRIVER_MISSING, "the NVIDIA driver is not loaded", "modprobe nvidia");
        isCause(failing(status(9)), Cause.GPU_DRIVER_MISSING);
        write("sys/module/nouveau/version", "");
        isCause(failing(NO_LIBRARY), Cause.GPU_DRIVER_MISSING, "but nouveau in its place", "replaces nouveau");
        container();
        isCause(
                failing(NO_LIBRARY),
                Cause.GPU_DRIVER_MISSING,
                "driver of the machine below this container is not loaded");
    }

    @Test
    void aBusThatCannotBeSeenIsNotTakenForAnEmptyOne() throws IOException {
        Path bus = root.resolve("sys/bus/pci/devices");
        Files.move(bus, root.resolve("sys/bus/pci/hidden"));
        isCause(failing(NO_LIBRARY), Cause.GPU_DRIVER_MISSING);
    }

    @Test
    void noLibrary() throws IOException {
        driver();
        devices();
        isCause(failing(NO_LIBRARY), Cause.GPU_LIBRARY_MISSING, "libnvidia-ml.so.1 is not installed", "driver whole");
        isCause(failing(status(12)), Cause.GPU_LIBRARY_MISSING);
        container();
        isCause(failing(NO_LIBRARY), Cause.GPU_LIBRARY_MISSING, "not in this container", "NVIDIA_DRIVER_CAPABILITIES");
    }

    @Test
    void versionsThatDiffer() throws IOException {
        driver();
        devices();
        library("570.124.06");
        isCause(
                failing(status(18)),
                Cause.GPU_VERSION_MISMATCH,
                "driver that is loaded, " + DRIVER + ",",
                "library, 570.124.06,",
                "restart the machine");
        isCause(
                failing("nvidia-smi says: Failed to initialize NVML: Driver/library version mismatch"),
                Cause.GPU_VERSION_MISMATCH);
        container();
        isCause(failing(status(18)), Cause.GPU_VERSION_MISMATCH, "start the container anew");
    }

    @Test
    void theVersionOfTheModuleIsReadWhereItSaysOne() throws IOException {
        hardware();
        devices();
        write("sys/module/nvidia/version", "535.54.03\n");
        write("usr/lib64/libnvidia-ml.so.550.1", "");
        isCause(failing(status(18)), Cause.GPU_VERSION_MISMATCH, "535.54.03", "550.1");
    }

    @Test
    void noPermission() throws IOException {
        driver();
        devices();
        library(DRIVER);
        isCause(failing(status(4)), Cause.GPU_NO_PERMISSION, "this user may not talk to the NVIDIA driver", "ls -l");
        mayOpen = file -> !file.endsWith("nvidia0");
        isCause(failing(status(999)), Cause.GPU_NO_PERMISSION, "through /dev/nvidia0");
    }

    @Test
    void aContainerWithoutTheDevice() throws IOException {
        driver();
        library(DRIVER);
        container();
        isCause(failing(status(9)), Cause.GPU_DEVICE_MISSING, "the container has no GPU", "--gpus all");
        isCause(failing(NO_LIBRARY), Cause.GPU_DEVICE_MISSING);
        devices();
        isCause(failing(status(17)), Cause.GPU_DEVICE_MISSING, "control group", "start the container anew");
        isCause(failing(status(999)), Cause.GPU_DEVICE_MISSING, "systemd");
    }

    @Test
    void aContainerIsKnownBySeveralSigns() throws IOException {
        driver();
        isCause(failing(status(9)), Cause.GPU_DEVICE_MISSING, "nvidia-modprobe");
        Path namespace = Files.createDirectories(root.resolve("proc/self/ns")).resolve("pid");
        Files.createSymbolicLink(namespace, Path.of("pid:[4026531836]"));
        isCause(failing(status(9)), Cause.GPU_DEVICE_MISSING, "nvidia-modprobe");
        Files.delete(namespace);
        Files.createSymbolicLink(namespace, Path.of("pid:[4026532201]"));
        isCause(failing(status(9)), Cause.GPU_DEVICE_MISSING, "this container");
        Files.delete(namespace);
        write("proc/self/cgroup", "0::/kubepods.slice/pod1\n");
        isCause(failing(status(9)), Cause.GPU_DEVICE_MISSING, "this container");
    }

    @Test
    void whatNobodyKnowsIsToldInTheModulesWords() throws IOException {
        driver();
        devices();
        library(DRIVER);
        isCause(failing(status(999)), Cause.GPU_UNREADABLE, "NVML cannot be opened (status 999)", "nvidia-smi");
        isCause(failing("NVML does not answer: opening has not returned."), Cause.GPU_UNREADABLE, "has not returned:");
        isCause(failing(NO_LIBRARY), Cause.GPU_UNREADABLE, "cannot be loaded: no such file:");
    }

    @Test
    void whereTheKernelSaysNothingNothingIsMadeUp() {
        root = root.resolve("windows");
        isCause(failing(NO_LIBRARY), Cause.GPU_UNREADABLE, "NVML's library was expected");
    }

    @Test
    void noModule() {
        Diagnosis diagnosis =
                diagnosis(new GpuReading(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("none")));
        isCause(diagnosis, Cause.GPU_MODULE_MISSING, "add metrics-gpu-nvml");
    }

    private static final String TWO = """
            nvml_device_info{gpu="0",uuid="GPU-a",name="H200",driver_version="570.86.15"} 1
            nvml_device_info{gpu="1",uuid="GPU-b",name="H200",driver_version="570.86.15"} 1
            nvml_device_up{gpu="0",uuid="GPU-a"} 1
            """;

    @Test
    void allIsWell() {
        Diagnosis diagnosis = reading(TWO + "nvml_device_up{gpu=\"1\",uuid=\"GPU-b\"} 1\n", Optional.empty());
        assertThat(diagnosis.sentence()).isEqualTo("2 GPUs of this machine can be read by nvml, driver 570.86.15.");
        assertThat(diagnosis.findings()).hasSize(1);
        assertThat(diagnosis.severity()).isEqualTo(Severity.FINE);
        assertThat(diagnosis.engine()).contains("nvml");
        assertThat(diagnosis.asked()).containsExactly("nvml");
    }

    @Test
    void aSplitDeviceIsGoodToKnow() {
        String part =
                "nvml_memory_used_bytes{gpu=\"1\",uuid=\"GPU-b\",gpu_instance_id=\"3\",compute_instance_id=\"0\"} 1\n";
        Diagnosis diagnosis = reading(TWO + part, Optional.empty());
        assertThat(diagnosis.severity()).isEqualTo(Severity.FINE);
        Finding split = diagnosis.findings().get(1);
        assertThat(split.cause()).isEqualTo(Cause.GPU_SPLIT);
        assertThat(split.severity()).isEqualTo(Severity.NOTICE);
        assertThat(split.sentence()).startsWith("GPU-b is split into MIG instances");
    }

    @Test
    void oneThatIsLostIsWrong() {
        Diagnosis diagnosis = reading(TWO + "nvml_device_up{gpu=\"1\",uuid=\"GPU-b\"} 0\n", Optional.empty());
        isCause(diagnosis, Cause.GPU_LOST, "1 of 2 GPUs (GPU-b) has fallen off its bus", "xid");
        assertThat(diagnosis.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void oneThatCannotBeReadIsNotCalledWell() {
        String unknown = "nvml_device_up{gpu=\"1\",uuid=\"GPU-b\"} " + Catalog.blank(Absence.UNKNOWN) + "\n";
        isCause(reading(TWO + unknown, Optional.empty()), Cause.GPU_UNREADABLE, "1 of 2 GPUs (GPU-b) cannot be read");
    }

    @Test
    void theSlowerWayIsWrongToo() {
        Diagnosis diagnosis = reading(TWO, Optional.of("NVML cannot be bound: no room."));
        isCause(diagnosis, Cause.GPU_SLOWER_WAY, "since NVML cannot be bound: no room: put that right");
    }

    @Test
    void thisMachineIsExaminedWhateverItHas() {
        Diagnosis diagnosis = new GpuDoctor().examine();
        assertThat(diagnosis.asked()).startsWith("nvml");
        assertThat(diagnosis.engine().isPresent()).isEqualTo(diagnosis.severity() != Severity.UNREADABLE);
        GpuReading reading = GpuReading.now();
        assertThat(reading.snapshot().isPresent())
                .isNotEqualTo(reading.failure().isPresent());
    }
}
