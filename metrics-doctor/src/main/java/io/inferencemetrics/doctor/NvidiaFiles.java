package io.inferencemetrics.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux and the driver of NVIDIA leave in files about the GPUs of this machine. Used by one thread. */
final class NvidiaFiles {
    private static final int MAX_BYTES = 1 << 16;
    private static final String VENDOR = "0x10de";
    private static final String DISPLAY = "0x03";

    /** Of the namespace that the machine started with; a constant of the kernel, PROC_PID_INIT_INO. */
    private static final String FIRST_NAMESPACE = "pid:[4026531836]";

    private static final Pattern MODULE = Pattern.compile("Kernel Module.*?\\s(\\d+\\.\\d+(?:\\.\\d+)*)\\s");
    private static final Pattern LIBRARY = Pattern.compile("libnvidia-ml\\.so\\.(\\d+\\.\\d+(?:\\.\\d+)*)");
    private static final Pattern CONTAINER = Pattern.compile("docker|kubepods|containerd|libpod|lxc|crio");
    private static final List<String> LIBRARY_FOLDERS = List.of(
            "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/lib/wsl/lib");

    private final Path root;
    private final Predicate<Path> mayOpen;
    private final Set<String> looked = new LinkedHashSet<>();

    /**
     * Looks at a machine.
     *
     * @param root the folder that holds {@code proc}, {@code sys} and {@code dev}
     */
    NvidiaFiles(Path root) {
        this(root, file -> Files.isReadable(file) && Files.isWritable(file));
    }

    NvidiaFiles(Path root, Predicate<Path> mayOpen) {
        this.root = root;
        this.mayOpen = mayOpen;
    }

    /** What was looked at, in order. */
    List<String> looked() {
        return List.copyOf(looked);
    }

    private Path at(String absolute) {
        looked.add(absolute);
        return root.resolve(absolute.substring(1));
    }

    private boolean exists(String absolute) {
        return Files.exists(at(absolute));
    }

    /** Whether the kernel says anything at all here. */
    boolean isLinux() {
        return exists("/proc/self");
    }

    /** Whether a GPU is plugged in; empty where the bus cannot be seen. */
    Optional<Boolean> hardware() {
        Path bus = at("/sys/bus/pci/devices");
        return Files.isDirectory(bus)
                ? Optional.of(children(bus, "*").stream().anyMatch(NvidiaFiles::isGpu))
                : Optional.empty();
    }

    private static boolean isGpu(Path device) {
        return text(device.resolve("vendor")).strip().equals(VENDOR)
                && text(device.resolve("class")).startsWith(DISPLAY);
    }

    /** Whether the driver is loaded, on this machine or, as seen from a container, below it. */
    boolean driverLoaded() {
        return exists("/proc/driver/nvidia/version") || exists("/sys/module/nvidia") || windowsBelow();
    }

    /** Whether this is Linux within Windows, where the driver is that of Windows. */
    private boolean windowsBelow() {
        return exists("/dev/dxg");
    }

    /** Whether the free driver is loaded in place of NVIDIA's. */
    boolean nouveau() {
        return exists("/sys/module/nouveau");
    }

    /** The version of the driver that is loaded. */
    Optional<String> driverVersion() {
        String version = text(at("/sys/module/nvidia/version")).strip();
        Matcher module = MODULE.matcher(text(at("/proc/driver/nvidia/version")));
        return version.matches("\\d+\\.\\d+[.\\d]*")
                ? Optional.of(version)
                : Optional.of(module).filter(Matcher::find).map(found -> found.group(1));
    }

    /** The version of the library, by the name of its file. */
    Optional<String> libraryVersion() {
        return LIBRARY_FOLDERS.stream().flatMap(this::libraries).findFirst();
    }

    /** The one that the usual name means first. */
    private Stream<String> libraries(String folder) {
        Path usual = at(folder + "/libnvidia-ml.so.1");
        Stream<Path> named = Stream.empty();
        try {
            named = Stream.of(Files.readSymbolicLink(usual));
        } catch (IOException | UnsupportedOperationException e) {
            // a file of its own, or none
        }
        return Stream.concat(named, children(usual.resolveSibling("."), "libnvidia-ml.so.*").stream())
                .map(file -> LIBRARY.matcher(String.valueOf(file.getFileName())))
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }

    /** Whether there is a file by which a GPU is reached. */
    boolean devices() {
        return !children(at("/dev"), "nvidia[0-9]*").isEmpty() || windowsBelow();
    }

    /** The first file of the driver that is there and that this process may not open. */
    Optional<String> closedDevice() {
        return Stream.concat(Stream.of(root.resolve("dev/nvidiactl")), children(at("/dev"), "nvidia[0-9]*").stream())
                .filter(Files::exists)
                .filter(mayOpen.negate())
                .findFirst()
                .map(file -> "/dev/" + file.getFileName());
    }

    /** Whether this process is in a container. */
    boolean container() {
        return exists("/.dockerenv")
                || exists("/run/.containerenv")
                || CONTAINER.matcher(text(at("/proc/self/cgroup"))).find()
                || nestedNamespace();
    }

    private boolean nestedNamespace() {
        try {
            return !Files.readSymbolicLink(at("/proc/self/ns/pid")).toString().equals(FIRST_NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static List<Path> children(Path folder, String names) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            files.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            // what cannot be listed is as good as not there
            return found;
        }
        return found;
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
