package io.inferencemetrics.metric;

import static io.inferencemetrics.metric.Aggregation.MAX;
import static io.inferencemetrics.metric.Aggregation.MEAN;
import static io.inferencemetrics.metric.Aggregation.MIN;
import static io.inferencemetrics.metric.Aggregation.SAME;
import static io.inferencemetrics.metric.Aggregation.SUM;
import static io.inferencemetrics.metric.Unit.BYTES;
import static io.inferencemetrics.metric.Unit.EVENTS;
import static io.inferencemetrics.metric.Unit.ONE;
import static io.inferencemetrics.metric.Unit.RATIO;
import static io.inferencemetrics.metric.Unit.SECONDS;
import static io.inferencemetrics.metric.Unit.TEXT;
import static io.inferencemetrics.metric.Unit.UNIX_SECONDS;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vocabulary of the machine under a server: processor, memory, network, disks, processes, the container's limits.
 *
 * <p>What happens is a counter, so that a window tells its rate: a counter of seconds by the second is a share, of several
 * processors their number.
 */
public final class HostMetrics {

    // ---- Which machine

    /** The machine's name. */
    public static final TextMetric NAME =
            TextMetric.of("host.name", TEXT, "The machine's name.", SAME).withOpenTelemetryName("host.name");

    /** The operating system and its version. */
    public static final TextMetric OS = TextMetric.of("host.os", TEXT, "The operating system and its version.", SAME)
            .withOpenTelemetryName("os.description");

    /** What the processor's maker calls it. */
    public static final TextMetric CPU_MODEL = TextMetric.of(
                    "host.cpu.model", TEXT, "What the processor's maker calls it.", SAME)
            .withOpenTelemetryName("host.cpu.model.name");

    /** Time since the machine started. */
    public static final GaugeMetric UPTIME = GaugeMetric.of(
                    "host.uptime", SECONDS, "Time since the machine started.", MAX)
            .withOpenTelemetryName("system.uptime");

    // ---- Processor

    /** Logical processors. */
    public static final GaugeMetric CPU_COUNT = GaugeMetric.of("host.cpu.count", ONE, "Logical processors.", SUM)
            .withOpenTelemetryName("system.cpu.logical.count");

    /** Share of the processors' time that was used: since the start, or within a window. */
    public static final RatioMetric CPU_UTILIZATION = RatioMetric.of(
                    "host.cpu.util",
                    RATIO,
                    "Share of the processors' time that was used: since the start, or within a window.",
                    MEAN)
            .withOpenTelemetryName("system.cpu.utilization");

    /** Time of all processors, used or not (series of the dimension core). */
    public static final CounterMetric CPU_TIME = CounterMetric.of(
                    "host.cpu.time",
                    SECONDS,
                    "Time of all processors, used or not (series of the dimension core).",
                    SUM)
            .withOpenTelemetryName("system.cpu.time");

    /** Time of all processors that was used (series of the dimension core). */
    public static final CounterMetric CPU_BUSY_TIME = CounterMetric.of(
            "host.cpu.busy_time", SECONDS, "Time of all processors that was used (series of the dimension core).", SUM);

    /** Processor time used by programs. */
    public static final CounterMetric CPU_USER_TIME =
            CounterMetric.of("host.cpu.user_time", SECONDS, "Processor time used by programs.", SUM);

    /** Processor time used by the kernel. */
    public static final CounterMetric CPU_SYSTEM_TIME =
            CounterMetric.of("host.cpu.system_time", SECONDS, "Processor time used by the kernel.", SUM);

    /** Processor time spent waiting for a disk with nothing else to do. */
    public static final CounterMetric CPU_IOWAIT_TIME = CounterMetric.of(
            "host.cpu.iowait_time", SECONDS, "Processor time spent waiting for a disk with nothing else to do.", SUM);

    /** Processor time that the hypervisor gave to others. */
    public static final CounterMetric CPU_STEAL_TIME =
            CounterMetric.of("host.cpu.steal_time", SECONDS, "Processor time that the hypervisor gave to others.", SUM);

    /** Share of the processors' time that the hypervisor gave to others. */
    public static final RatioMetric CPU_STEAL = RatioMetric.of(
            "host.cpu.steal_ratio", RATIO, "Share of the processors' time that the hypervisor gave to others.", MEAN);

    /** Tasks that ran or waited, averaged over one minute. */
    public static final GaugeMetric LOAD_1M =
            GaugeMetric.of("host.load.1m", ONE, "Tasks that ran or waited, averaged over one minute.", SUM);

    /** Tasks that ran or waited, averaged over five minutes. */
    public static final GaugeMetric LOAD_5M =
            GaugeMetric.of("host.load.5m", ONE, "Tasks that ran or waited, averaged over five minutes.", SUM);

    /** Tasks that ran or waited, averaged over fifteen minutes. */
    public static final GaugeMetric LOAD_15M =
            GaugeMetric.of("host.load.15m", ONE, "Tasks that ran or waited, averaged over fifteen minutes.", SUM);

    // ---- Memory

    /** All memory. */
    public static final GaugeMetric MEMORY_TOTAL =
            GaugeMetric.of("host.memory.total", BYTES, "All memory.", SUM).withOpenTelemetryName("system.memory.limit");

    /** Memory that is not available to programs. */
    public static final GaugeMetric MEMORY_USED = GaugeMetric.of(
                    "host.memory.used", BYTES, "Memory that is not available to programs.", SUM)
            .withOpenTelemetryName("system.memory.usage");

    /** Memory that programs can have without swapping. */
    public static final GaugeMetric MEMORY_AVAILABLE = GaugeMetric.of(
                    "host.memory.available", BYTES, "Memory that programs can have without swapping.", SUM)
            .withOpenTelemetryName("system.linux.memory.available");

    /** Share of memory in use. */
    public static final RatioMetric MEMORY_USAGE = RatioMetric.of(
                    "host.memory.usage_ratio", RATIO, "Share of memory in use.", MEAN)
            .withOpenTelemetryName("system.memory.utilization");

    /** All swap space. */
    public static final GaugeMetric SWAP_TOTAL = GaugeMetric.of("host.swap.total", BYTES, "All swap space.", SUM);

    /** Swap space in use. */
    public static final GaugeMetric SWAP_USED = GaugeMetric.of("host.swap.used", BYTES, "Swap space in use.", SUM)
            .withOpenTelemetryName("system.paging.usage");

    /** Share of swap space in use. */
    public static final RatioMetric SWAP_USAGE = RatioMetric.of(
                    "host.swap.usage_ratio", RATIO, "Share of swap space in use.", MEAN)
            .withOpenTelemetryName("system.paging.utilization");

    /** Bytes read back from swap space. */
    public static final CounterMetric SWAP_IN =
            CounterMetric.of("host.swap.in", BYTES, "Bytes read back from swap space.", SUM);

    /** Bytes written to swap space. */
    public static final CounterMetric SWAP_OUT =
            CounterMetric.of("host.swap.out", BYTES, "Bytes written to swap space.", SUM);

    // ---- Network and disks

    /** Bytes received (series of the dimension interface). */
    public static final CounterMetric NETWORK_RECEIVED = CounterMetric.of(
                    "host.network.received", BYTES, "Bytes received (series of the dimension interface).", SUM)
            .withOpenTelemetryName("system.network.io");

    /** Bytes sent (series of the dimension interface). */
    public static final CounterMetric NETWORK_SENT = CounterMetric.of(
                    "host.network.sent", BYTES, "Bytes sent (series of the dimension interface).", SUM)
            .withOpenTelemetryName("system.network.io");

    /** Packets received (series of the dimension interface). */
    public static final CounterMetric NETWORK_PACKETS_RECEIVED = CounterMetric.of(
                    "host.network.packets_received", ONE, "Packets received (series of the dimension interface).", SUM)
            .withOpenTelemetryName("system.network.packet.count");

    /** Packets sent (series of the dimension interface). */
    public static final CounterMetric NETWORK_PACKETS_SENT = CounterMetric.of(
                    "host.network.packets_sent", ONE, "Packets sent (series of the dimension interface).", SUM)
            .withOpenTelemetryName("system.network.packet.count");

    /** Packets received or sent with an error (series of the dimension interface). */
    public static final CounterMetric NETWORK_ERRORS = CounterMetric.of(
                    "host.network.errors",
                    EVENTS,
                    "Packets received or sent with an error (series of the dimension interface).",
                    SUM)
            .withOpenTelemetryName("system.network.errors");

    /** Packets received and thrown away (series of the dimension interface). */
    public static final CounterMetric NETWORK_DROPPED = CounterMetric.of(
                    "host.network.dropped",
                    EVENTS,
                    "Packets received and thrown away (series of the dimension interface).",
                    SUM)
            .withOpenTelemetryName("system.network.packet.dropped");

    /** Bytes read (series of the dimension disk). */
    public static final CounterMetric DISK_READ = CounterMetric.of(
                    "host.disk.read", BYTES, "Bytes read (series of the dimension disk).", SUM)
            .withOpenTelemetryName("system.disk.io");

    /** Bytes written (series of the dimension disk). */
    public static final CounterMetric DISK_WRITTEN = CounterMetric.of(
                    "host.disk.written", BYTES, "Bytes written (series of the dimension disk).", SUM)
            .withOpenTelemetryName("system.disk.io");

    /** Reads (series of the dimension disk). */
    public static final CounterMetric DISK_READS = CounterMetric.of(
                    "host.disk.reads", EVENTS, "Reads (series of the dimension disk).", SUM)
            .withOpenTelemetryName("system.disk.operations");

    /** Writes (series of the dimension disk). */
    public static final CounterMetric DISK_WRITES = CounterMetric.of(
                    "host.disk.writes", EVENTS, "Writes (series of the dimension disk).", SUM)
            .withOpenTelemetryName("system.disk.operations");

    /** Time in which a disk had something to do (series of the dimension disk). */
    public static final CounterMetric DISK_BUSY_TIME = CounterMetric.of(
                    "host.disk.busy_time",
                    SECONDS,
                    "Time in which a disk had something to do (series of the dimension disk).",
                    SUM)
            .withOpenTelemetryName("system.disk.io_time");

    // ---- Processes that were asked for

    /** The name of a process (series of the dimension process). */
    public static final TextMetric PROCESS_NAME = TextMetric.of(
                    "host.process.name", TEXT, "The name of a process (series of the dimension process).", SAME)
            .withOpenTelemetryName("process.executable.name");

    /** Processor time used by a process (series of the dimension process). */
    public static final CounterMetric PROCESS_CPU_TIME = CounterMetric.of(
                    "host.process.cpu_time",
                    SECONDS,
                    "Processor time used by a process (series of the dimension process).",
                    SUM)
            .withOpenTelemetryName("process.cpu.time");

    /** Memory of a process that is really there, shared pages included (RSS). */
    public static final GaugeMetric PROCESS_MEMORY = GaugeMetric.of(
                    "host.process.memory",
                    BYTES,
                    "Memory of a process that is really there, shared pages included (RSS).",
                    SUM)
            .withOpenTelemetryName("process.memory.usage");

    /** Address space of a process. */
    public static final GaugeMetric PROCESS_VIRTUAL_MEMORY = GaugeMetric.of(
                    "host.process.virtual_memory", BYTES, "Address space of a process.", SUM)
            .withOpenTelemetryName("process.memory.virtual");

    /** Threads of a process. */
    public static final GaugeMetric PROCESS_THREADS = GaugeMetric.of(
                    "host.process.threads", ONE, "Threads of a process.", SUM)
            .withOpenTelemetryName("process.thread.count");

    /** Files and sockets that a process holds open. */
    public static final GaugeMetric PROCESS_OPEN_FILES = GaugeMetric.of(
                    "host.process.open_files", ONE, "Files and sockets that a process holds open.", SUM)
            .withOpenTelemetryName("process.unix.file_descriptor.count");

    /** How many files and sockets a process may hold open. */
    public static final GaugeMetric PROCESS_OPEN_FILES_LIMIT = GaugeMetric.of(
            "host.process.open_files.limit", ONE, "How many files and sockets a process may hold open.", MIN);

    /** When a process started. */
    public static final GaugeMetric PROCESS_START_TIME =
            GaugeMetric.of("host.process.start_time", UNIX_SECONDS, "When a process started.", MIN);

    // ---- The container's limits (cgroup)

    /** Processors that the container may use; absent where it has no limit. */
    public static final GaugeMetric CGROUP_CPU_LIMIT = GaugeMetric.of(
            "host.cgroup.cpu.limit", ONE, "Processors that the container may use; absent where it has no limit.", SAME);

    /** Processor time used by the container. */
    public static final CounterMetric CGROUP_CPU_TIME = CounterMetric.of(
                    "host.cgroup.cpu.time", SECONDS, "Processor time used by the container.", SUM)
            .withOpenTelemetryName("container.cpu.time");

    /** Periods in which the container's limit was watched. */
    public static final CounterMetric CGROUP_CPU_PERIODS = CounterMetric.of(
            "host.cgroup.cpu.periods", EVENTS, "Periods in which the container's limit was watched.", SUM);

    /** Periods in which the container was stopped at its limit. */
    public static final CounterMetric CGROUP_CPU_THROTTLED = CounterMetric.of(
            "host.cgroup.cpu.throttled", EVENTS, "Periods in which the container was stopped at its limit.", SUM);

    /** Time for which the container was stopped at its limit. */
    public static final CounterMetric CGROUP_CPU_THROTTLED_TIME = CounterMetric.of(
            "host.cgroup.cpu.throttled_time", SECONDS, "Time for which the container was stopped at its limit.", SUM);

    /** Memory that the container may use; absent where it has no limit. */
    public static final GaugeMetric CGROUP_MEMORY_LIMIT = GaugeMetric.of(
            "host.cgroup.memory.limit",
            BYTES,
            "Memory that the container may use; absent where it has no limit.",
            SAME);

    /** Memory used by the container, file cache included. */
    public static final GaugeMetric CGROUP_MEMORY_USED = GaugeMetric.of(
                    "host.cgroup.memory.used", BYTES, "Memory used by the container, file cache included.", SUM)
            .withOpenTelemetryName("container.memory.usage");

    /** Processes of the container killed for want of memory. */
    public static final CounterMetric CGROUP_OOM_KILLS = CounterMetric.of(
            "host.cgroup.memory.oom_kills", EVENTS, "Processes of the container killed for want of memory.", SUM);

    // ---- Pressure (PSI)

    /** Share of the last ten seconds in which some task waited for a processor. */
    public static final RatioMetric CPU_PRESSURE = RatioMetric.of(
            "host.pressure.cpu.some",
            RATIO,
            "Share of the last ten seconds in which some task waited for a processor.",
            MAX);

    /** Share of the last ten seconds in which some task waited for memory. */
    public static final RatioMetric MEMORY_PRESSURE = RatioMetric.of(
            "host.pressure.memory.some",
            RATIO,
            "Share of the last ten seconds in which some task waited for memory.",
            MAX);

    /** Share of the last ten seconds in which all tasks waited for memory. */
    public static final RatioMetric MEMORY_PRESSURE_FULL = RatioMetric.of(
            "host.pressure.memory.full",
            RATIO,
            "Share of the last ten seconds in which all tasks waited for memory.",
            MAX);

    /** Share of the last ten seconds in which some task waited for a disk. */
    public static final RatioMetric IO_PRESSURE = RatioMetric.of(
            "host.pressure.io.some", RATIO, "Share of the last ten seconds in which some task waited for a disk.", MAX);

    /** Share of the last ten seconds in which all tasks waited for a disk. */
    public static final RatioMetric IO_PRESSURE_FULL = RatioMetric.of(
            "host.pressure.io.full", RATIO, "Share of the last ten seconds in which all tasks waited for a disk.", MAX);

    /** Time in which some task waited for a processor. */
    public static final CounterMetric CPU_PRESSURE_TIME = CounterMetric.of(
            "host.pressure.cpu.some_time", SECONDS, "Time in which some task waited for a processor.", SUM);

    /** Time in which some task waited for memory. */
    public static final CounterMetric MEMORY_PRESSURE_TIME = CounterMetric.of(
            "host.pressure.memory.some_time", SECONDS, "Time in which some task waited for memory.", SUM);

    /** Time in which all tasks waited for memory. */
    public static final CounterMetric MEMORY_PRESSURE_FULL_TIME = CounterMetric.of(
            "host.pressure.memory.full_time", SECONDS, "Time in which all tasks waited for memory.", SUM);

    /** Time in which some task waited for a disk. */
    public static final CounterMetric IO_PRESSURE_TIME =
            CounterMetric.of("host.pressure.io.some_time", SECONDS, "Time in which some task waited for a disk.", SUM);

    /** Time in which all tasks waited for a disk. */
    public static final CounterMetric IO_PRESSURE_FULL_TIME =
            CounterMetric.of("host.pressure.io.full_time", SECONDS, "Time in which all tasks waited for a disk.", SUM);

    private static final Map<String, Metric<?>> BY_NAME = MetricNames.byName(List.of(
            List.of(NAME, OS, CPU_MODEL, UPTIME),
            List.of(CPU_COUNT, CPU_UTILIZATION, CPU_TIME, CPU_BUSY_TIME, CPU_USER_TIME, CPU_SYSTEM_TIME),
            List.of(CPU_IOWAIT_TIME, CPU_STEAL_TIME, CPU_STEAL, LOAD_1M, LOAD_5M, LOAD_15M),
            List.of(MEMORY_TOTAL, MEMORY_USED, MEMORY_AVAILABLE, MEMORY_USAGE, SWAP_TOTAL, SWAP_USED),
            List.of(SWAP_USAGE, SWAP_IN, SWAP_OUT),
            List.of(NETWORK_RECEIVED, NETWORK_SENT, NETWORK_PACKETS_RECEIVED, NETWORK_PACKETS_SENT),
            List.of(NETWORK_ERRORS, NETWORK_DROPPED, DISK_READ, DISK_WRITTEN, DISK_READS, DISK_WRITES),
            List.of(DISK_BUSY_TIME),
            List.of(PROCESS_NAME, PROCESS_CPU_TIME, PROCESS_MEMORY, PROCESS_VIRTUAL_MEMORY),
            List.of(PROCESS_THREADS, PROCESS_OPEN_FILES, PROCESS_OPEN_FILES_LIMIT, PROCESS_START_TIME),
            List.of(CGROUP_CPU_LIMIT, CGROUP_CPU_TIME, CGROUP_CPU_PERIODS, CGROUP_CPU_THROTTLED),
            List.of(CGROUP_CPU_THROTTLED_TIME, CGROUP_MEMORY_LIMIT, CGROUP_MEMORY_USED, CGROUP_OOM_KILLS),
            List.of(CPU_PRESSURE, MEMORY_PRESSURE, MEMORY_PRESSURE_FULL, IO_PRESSURE, IO_PRESSURE_FULL),
            List.of(CPU_PRESSURE_TIME, MEMORY_PRESSURE_TIME, MEMORY_PRESSURE_FULL_TIME, IO_PRESSURE_TIME),
            List.of(IO_PRESSURE_FULL_TIME)));

    private HostMetrics() {}

    /** All metrics of this vocabulary, in the order of their declaration. */
    public static List<Metric<?>> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The metric with this name. */
    public static Optional<Metric<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
