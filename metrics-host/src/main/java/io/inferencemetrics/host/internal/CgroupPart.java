package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Limits and use of the control group, the container, that this process is in; of both versions, since OSHI knows no
 * throttling, no kills and no limits of the groups above.
 */
final class CgroupPart implements Part {
    /** Version 1 writes that there is no limit as the largest number of whole pages. */
    private static final double NO_LIMIT = 0x1p62;

    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;

    private final Optional<CgroupFolder> cpu;
    private final Optional<CgroupFolder> cpuacct;
    private final Optional<CgroupFolder> memory;

    /** Finds the folders; processes seldom move. */
    CgroupPart(KernelFiles files) {
        this.cpu = CgroupFolder.of("cpu", files);
        this.cpuacct = CgroupFolder.of("cpuacct", files);
        this.memory = CgroupFolder.of("memory", files);
    }

    @Override
    public String name() {
        return "the container's limits";
    }

    @Override
    public void write(ExpositionWriter out) {
        cpu.ifPresent(folder -> cpu(out, folder));
        cpuacct.ifPresent(folder -> time(folder).write(out, "host_cgroup_cpu_seconds_total", MetricType.COUNTER));
        memory.ifPresent(folder -> memory(out, folder));
    }

    private static void cpu(ExpositionWriter out, CgroupFolder folder) {
        KernelText stat = folder.read("cpu.stat");
        lowest(folder, CgroupPart::cpus).write(out, "host_cgroup_cpu_limit", MetricType.GAUGE);
        stat.number("nr_periods").write(out, "host_cgroup_cpu_periods_total", MetricType.COUNTER);
        stat.number("nr_throttled").write(out, "host_cgroup_cpu_throttled_periods_total", MetricType.COUNTER);
        Said throttled = folder.version() == 2
                ? stat.number("throttled_usec").dividedBy(MICROS)
                : stat.number("throttled_time").dividedBy(NANOS);
        throttled.write(out, "host_cgroup_cpu_throttled_seconds_total", MetricType.COUNTER);
    }

    private static Said time(CgroupFolder folder) {
        return folder.version() == 2
                ? folder.read("cpu.stat").number("usage_usec").dividedBy(MICROS)
                : folder.read("cpuacct.usage").number().dividedBy(NANOS);
    }

    private static void memory(ExpositionWriter out, CgroupFolder folder) {
        boolean second = folder.version() == 2;
        lowest(folder, CgroupPart::bytes).write(out, "host_cgroup_memory_limit_bytes", MetricType.GAUGE);
        folder.read(second ? "memory.current" : "memory.usage_in_bytes")
                .number()
                .write(out, "host_cgroup_memory_used_bytes", MetricType.GAUGE);
        folder.read(second ? "memory.events" : "memory.oom_control")
                .number("oom_kill")
                .write(out, "host_cgroup_memory_oom_kills_total", MetricType.COUNTER);
    }

    /** Processors that a group may use, of {@code cpu.max} as of {@code max 100000}, or of two files in version 1. */
    private static Said cpus(CgroupFolder folder) {
        if (folder.version() == 1) {
            return cpus(folder.read("cpu.cfs_quota_us"), folder.read("cpu.cfs_period_us"));
        }
        KernelText max = folder.read("cpu.max");
        String[] words = max.text().strip().split(" ");
        return words.length == 2 ? cpus(new KernelText(words[0]), new KernelText(words[1])) : max.nothing();
    }

    private static Said cpus(KernelText quota, KernelText period) {
        Said limit = limit(quota);
        double length = period.number().number().orElse(0);
        return limit.number().isEmpty() || length > 0 ? limit.dividedBy(length) : Said.absent(Absence.UNKNOWN);
    }

    private static Said bytes(CgroupFolder folder) {
        return limit(folder.read(folder.version() == 2 ? "memory.max" : "memory.limit_in_bytes"));
    }

    /** A limit; that there is none is written as {@code max}, as -1 or as a number beyond any machine. */
    private static Said limit(KernelText text) {
        boolean none = text.text().strip().equals("max") || text.text().strip().equals("-1");
        Said limit = none ? Said.absent(Absence.SWITCHED_OFF) : text.number();
        return limit.number().orElse(0) >= NO_LIMIT ? Said.absent(Absence.SWITCHED_OFF) : limit;
    }

    /** The lowest limit of a group and those above it; where none has one, what the group itself says. */
    private static Said lowest(CgroupFolder folder, Function<CgroupFolder, Said> limit) {
        List<Said> limits = folder.upwards().map(limit).toList();
        return limits.stream()
                .filter(said -> said.number().isPresent())
                .min((a, b) ->
                        Double.compare(a.number().orElseThrow(), b.number().orElseThrow()))
                .orElse(limits.get(0));
    }
}
