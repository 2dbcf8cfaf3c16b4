package io.inferencemetrics.host.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where the control group of this process keeps its files for one controller.
 *
 * @param version 1 or 2, of the hierarchy
 * @param top the uppermost group that can be seen
 * @param own the group of this process, which is {@code top} or below it
 */
record CgroupFolder(int version, Path top, Path own) {

    /** A line of {@code /proc/self/mountinfo}, as far as it matters here. */
    private record Mount(String root, String point, String type, List<String> options) {
        static Mount parse(String line) {
            String[] halves = line.split(" - ", 2);
            String[] left = halves[0].split(" ");
            String[] right = (halves.length > 1 ? halves[1] : "").split(" ");
            boolean whole = left.length > 4 && right.length > 2;
            return whole
                    ? new Mount(unescape(left[3]), unescape(left[4]), right[0], List.of(right[2].split(",")))
                    : new Mount("", "", "", List.of());
        }

        /** The kernel writes the four characters that would break the line as octal numbers. */
        private static String unescape(String path) {
            return path.replace("\\040", " ")
                    .replace("\\011", "\t")
                    .replace("\\012", "\n")
                    .replace("\\134", "\\");
        }
    }

    /** The folder for a controller such as {@code memory}; empty where no hierarchy has it. */
    static Optional<CgroupFolder> of(String controller, KernelFiles files) {
        String groups = files.read("/proc/self/cgroup").text();
        List<Mount> mounts = files.read("/proc/self/mountinfo")
                .text()
                .lines()
                .map(Mount::parse)
                .toList();
        Optional<CgroupFolder> first = folder(
                1,
                path(groups, controller),
                mounts,
                mount -> mount.type().equals("cgroup") && mount.options().contains(controller),
                files);
        return first.isPresent()
                ? first
                : folder(2, path(groups, ""), mounts, mount -> mount.type().equals("cgroup2"), files);
    }

    /** The path in a line such as {@code 4:cpu,cpuacct:/a/b}, or {@code 0::/a/b} of version 2. */
    private static Optional<String> path(String groups, String controller) {
        return groups.lines()
                .map(line -> line.split(":", 3))
                .filter(parts ->
                        parts.length == 3 && Arrays.asList(parts[1].split(",")).contains(controller))
                .map(parts -> parts[2])
                .findFirst();
    }

    private static Optional<CgroupFolder> folder(
            int version, Optional<String> path, List<Mount> mounts, Predicate<Mount> wanted, KernelFiles files) {
        return mounts.stream()
                .filter(wanted)
                .findFirst()
                .filter(mount -> path.isPresent())
                .map(mount -> folder(version, path.orElseThrow(), mount, files));
    }

    /** In a container the path may be the host's, of which only the mounted part can be seen. */
    private static CgroupFolder folder(int version, String path, Mount mount, KernelFiles files) {
        Path top = files.at(mount.point());
        String root = mount.root().equals("/") ? "" : mount.root();
        String below = path.equals(root) || path.startsWith(root + "/") ? path.substring(root.length()) : "";
        Path own = top.resolve(below.replaceFirst("^/+", "")).normalize();
        return new CgroupFolder(version, top, own.startsWith(top) && Files.isDirectory(own) ? own : top);
    }

    /** What a file of the own group says. */
    KernelText read(String file) {
        return KernelFiles.read(own.resolve(file));
    }

    /** The own group and those above it, whose limits hold too. */
    Stream<CgroupFolder> upwards() {
        return Stream.iterate(own, folder -> folder != null && folder.startsWith(top), Path::getParent)
                .map(folder -> new CgroupFolder(version, top, folder));
    }
}
