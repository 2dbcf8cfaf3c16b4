package io.inferencemetrics.doctor;

import static io.inferencemetrics.doctor.ConnectionRules.when;
import static io.inferencemetrics.doctor.ConnectionRules.withoutStop;

import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be the matter with the GPUs of this machine: why they cannot be read, or what they say of themselves. */
final class GpuRules {
    /** How NVML's module names what the library answered. */
    private static final Pattern STATUS = Pattern.compile("NVML cannot be opened \\(status (\\d+)\\)");

    private static final int NO_PERMISSION = 4;
    private static final int DRIVER_NOT_LOADED = 9;
    private static final int LIBRARY_NOT_FOUND = 12;
    private static final int OPERATING_SYSTEM = 17;
    private static final int VERSION_MISMATCH = 18;
    private static final int UNKNOWN = 999;
    private static final int NONE = -1;

    private final NvidiaFiles files;
    private final GpuReading reading;
    private final int status;

    GpuRules(NvidiaFiles files, GpuReading reading) {
        this.files = files;
        this.reading = reading;
        Matcher said = STATUS.matcher(failure());
        this.status = said.find() ? Integer.parseInt(said.group(1)) : NONE;
    }

    private String failure() {
        return reading.failure().orElse("");
    }

    Optional<Finding> moduleMissing() {
        return when(
                reading.reader().isEmpty(),
                Cause.GPU_MODULE_MISSING,
                "no module is installed here that reads the GPUs of this machine",
                "add metrics-gpu-nvml");
    }

    /** An update replaces the files at once, and the driver that runs with the next start of the machine. */
    Optional<Finding> versionMismatch() {
        Optional<String> driver = files.driverVersion();
        Optional<String> library = files.libraryVersion();
        return when(
                status == VERSION_MISMATCH || failure().contains("version mismatch"),
                Cause.GPU_VERSION_MISMATCH,
                "the NVIDIA driver that is loaded" + words(driver) + " and its library" + words(library)
                        + " are of different versions, as after an update",
                files.container()
                        ? "start the container anew, and, if that does not help, its machine"
                        : "restart the machine");
    }

    private static String words(Optional<String> version) {
        return version.map(known -> ", " + known + ",").orElse("");
    }

    Optional<Finding> noPermission() {
        Optional<String> closed = files.closedDevice();
        return when(
                status == NO_PERMISSION || closed.isPresent(),
                Cause.GPU_NO_PERMISSION,
                "this user may not talk to the NVIDIA driver through " + closed.orElse("/dev/nvidiactl"),
                "run as a user who may, or put this one into the group that 'ls -l /dev/nvidiactl' shows");
    }

    /** A container is given its devices one by one; its rights to them can be lost while it runs. */
    Optional<Finding> deviceMissing() {
        boolean container = files.container();
        boolean there = files.devices();
        if (container && there && (status == OPERATING_SYSTEM || status == UNKNOWN)) {
            return Optional.of(new Finding(
                    Cause.GPU_DEVICE_MISSING,
                    "this container has the files of a GPU, but its control group does not let it use them, as after a"
                            + " reload of systemd on its machine",
                    "start the container anew"));
        }
        return when(
                files.driverLoaded() && !there,
                Cause.GPU_DEVICE_MISSING,
                container
                        ? "the machine below this container has an NVIDIA driver, but the container has no GPU"
                        : "the NVIDIA driver is loaded, but there is no /dev/nvidia0",
                container
                        ? "start it with --gpus all (Docker), or ask for nvidia.com/gpu (Kubernetes)"
                        : "run nvidia-modprobe -c 0, or nvidia-smi as root");
    }

    Optional<Finding> noGpu() {
        boolean none = files.hardware().filter(there -> !there).isPresent();
        return when(
                none && !files.driverLoaded() && !files.devices(),
                Cause.NO_GPU,
                "this machine has no NVIDIA GPU, nor a driver for one",
                "read an exporter's address where the GPUs are, with 'gpu http://host:9400'");
    }

    Optional<Finding> driverMissing() {
        String below = files.container() ? " of the machine below this container" : "";
        return when(
                status == DRIVER_NOT_LOADED || (files.isLinux() && !files.driverLoaded()),
                Cause.GPU_DRIVER_MISSING,
                "the NVIDIA driver" + below + " is not loaded" + (files.nouveau() ? ", but nouveau in its place" : ""),
                files.nouveau()
                        ? "install NVIDIA's driver, which replaces nouveau, and restart"
                        : "install it, or load it with 'modprobe nvidia'; 'dmesg | grep -i nvrm' tells why it did not");
    }

    Optional<Finding> libraryMissing() {
        boolean container = files.container();
        return when(
                status == LIBRARY_NOT_FOUND
                        || (failure().contains("cannot be loaded")
                                && files.driverLoaded()
                                && files.libraryVersion().isEmpty()),
                Cause.GPU_LIBRARY_MISSING,
                "the NVIDIA driver is loaded, but its library libnvidia-ml.so.1 is not "
                        + (container ? "in this container" : "installed"),
                container
                        ? "start the container with NVIDIA_DRIVER_CAPABILITIES=compute,utility, which brings it"
                        : "install the driver whole: the package is named like libnvidia-compute or nvidia-utils");
    }

    Finding unreadable() {
        return new Finding(
                Cause.GPU_UNREADABLE,
                "the GPUs of this machine cannot be read: " + withoutStop(Words.line(failure())),
                "see what nvidia-smi says");
    }

    /** What is to be said of GPUs that can be read. */
    static List<Finding> readable(GpuReading reading, MetricsSnapshot gpus) {
        List<Finding> findings = new ArrayList<>();
        slowerWay(reading).ifPresent(findings::add);
        lost(gpus).ifPresent(findings::add);
        withheld(gpus).ifPresent(findings::add);
        silent(gpus).ifPresent(findings::add);
        if (findings.isEmpty()) {
            findings.add(healthy(gpus));
        }
        split(gpus).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> slowerWay(GpuReading reading) {
        return reading.notTheBest()
                .map(why -> new Finding(
                        Cause.GPU_SLOWER_WAY,
                        "the GPUs are read in the slower way, which tells less (no energy, no processes), since "
                                + withoutStop(Words.line(why)),
                        "put that right where you want more"));
    }

    private static Optional<Finding> lost(MetricsSnapshot gpus) {
        List<String> lost = devices(gpus, device -> device.value(GpuMetrics.UP) == 0);
        return when(
                !lost.isEmpty(),
                Cause.GPU_LOST,
                of(lost, gpus)
                        + (lost.size() == 1
                                ? " has fallen off its bus or waits for a reset"
                                : " have fallen off the bus or wait for a reset"),
                "look at 'dmesg | grep -i xid', and reset it or restart the machine");
    }

    private static Optional<Finding> withheld(MetricsSnapshot gpus) {
        List<String> withheld = devices(gpus, device -> isUpAbsent(device, Absence.NO_PERMISSION));
        return when(
                !withheld.isEmpty(),
                Cause.GPU_WITHHELD,
                of(withheld, gpus) + " may not be read by this process",
                "give it the device, or leave that out with a selection of the others");
    }

    /** Whether a device is up is not known where the driver answers with an error that says neither. */
    private static Optional<Finding> silent(MetricsSnapshot gpus) {
        List<String> silent = devices(gpus, device -> isUpAbsent(device, Absence.UNKNOWN));
        return when(
                !silent.isEmpty() && silent.size() < gpus.devices().size(),
                Cause.GPU_UNREADABLE,
                of(silent, gpus) + " cannot be read",
                "see what nvidia-smi says of it");
    }

    /** Some of them, such as {@code 1 of 2 GPUs (GPU-8932f937)}. */
    private static String of(List<String> some, MetricsSnapshot gpus) {
        return some.size() + " of " + Words.count(gpus.devices().size(), "GPU") + " (" + Words.some(some) + ")";
    }

    private static Finding healthy(MetricsSnapshot gpus) {
        String driver = gpus.devices().values().stream()
                .flatMap(device -> device.text(GpuMetrics.DRIVER_VERSION).stream())
                .findFirst()
                .map(version -> ", driver " + version)
                .orElse("");
        return new Finding(
                Cause.HEALTHY,
                Words.count(gpus.devices().size(), "GPU") + " of this machine can be read by "
                        + gpus.info().engine() + driver,
                "");
    }

    private static Optional<Finding> split(MetricsSnapshot gpus) {
        List<String> split =
                devices(gpus, device -> !device.values(Dimension.GPU_INSTANCE).isEmpty());
        return when(
                !split.isEmpty(),
                Cause.GPU_SPLIT,
                Words.some(split) + (split.size() == 1 ? " is" : " are")
                        + " split into MIG instances: utilisation is told neither of a split device nor of its instances,"
                        + " power and energy of the device alone",
                "look at memory and processes of each instance, and, with gpu --also gpm, at how busy it is");
    }

    private static boolean isUpAbsent(MetricsSnapshot device, Absence reason) {
        return device.reading(GpuMetrics.UP) instanceof Reading.Absent<Double> absent && absent.reason() == reason;
    }

    private static List<String> devices(MetricsSnapshot gpus, Predicate<MetricsSnapshot> which) {
        return gpus.devices().entrySet().stream()
                .filter(device -> which.test(device.getValue()))
                .map(device -> device.getKey())
                .toList();
    }
}
