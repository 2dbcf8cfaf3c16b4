package io.inferencemetrics.host.internal;

import io.inferencemetrics.host.internal.Processes.Wanted;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.spi.ExpositionWriter;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/** The processes that were asked for; of one that has ended, that it is not there. */
final class ProcessPart implements Part {
    private final OperatingSystem os;
    private final Processes processes;
    private final KernelFiles files;

    /** Those alive at the last read, by id. */
    private final Map<Integer, Known> known = new LinkedHashMap<>();

    /** Ids that were asked for and have ended; the system may give them to others. */
    private final Set<Integer> ended = new LinkedHashSet<>();

    ProcessPart(OperatingSystem os, Processes processes, KernelFiles files) {
        this.os = os;
        this.processes = processes;
        this.files = files;
    }

    /** A process, and when it started, by which it is told from a later one with its id. */
    private record Known(OSProcess process, long start) {
        boolean update() {
            return process.updateAttributes()
                    && process.getState() != OSProcess.State.INVALID
                    && process.getStartTime() == start;
        }
    }

    @Override
    public String name() {
        return "the processes";
    }

    @Override
    public void write(ExpositionWriter out) {
        if (processes.wanted().isEmpty()) {
            return;
        }
        update();
        out.family("host_process_info", MetricType.GAUGE);
        known.forEach((id, one) ->
                out.sample(1, "process", id.toString(), "name", one.process().getName()));
        family(out, "host_process_cpu_seconds_total", MetricType.COUNTER, ProcessPart::cpuTime);
        family(out, "host_process_memory_bytes", p -> Said.of(p.getResidentMemory()));
        family(out, "host_process_virtual_memory_bytes", p -> Said.of(p.getVirtualSize()));
        family(out, "host_process_threads", p -> Said.positive(p.getThreadCount()));
        family(out, "host_process_open_files", this::openFiles);
        family(out, "host_process_open_files_limit", ProcessPart::openFilesLimit);
        family(out, "host_process_start_time_seconds", p -> Said.of(p.getStartTime() / 1_000.0));
    }

    private void update() {
        Set<Integer> gone = new LinkedHashSet<>(known.keySet());
        known.values().removeIf(one -> !one.update());
        gone.removeAll(known.keySet());
        processes.wanted().stream().map(Wanted::id).filter(gone::contains).forEach(ended::add);
        Set<Integer> now = new LinkedHashSet<>();
        for (Wanted one : processes.wanted()) {
            now.add(one.id());
            if (!ended.contains(one.id()) && !look(one.id())) {
                ended.add(one.id());
            } else if (one.descendants()) {
                descendants(one.id(), now);
            }
        }
        known.keySet().retainAll(now);
    }

    private void descendants(int id, Set<Integer> now) {
        ProcessHandle.of(id).stream().flatMap(ProcessHandle::descendants).forEach(child -> {
            if (look((int) child.pid())) {
                now.add((int) child.pid());
            }
        });
    }

    /** Whether a process is there; one that is new is remembered. */
    private boolean look(int id) {
        if (!known.containsKey(id)) {
            @Nullable OSProcess process = os.getProcess(id);
            if (process == null || process.getState() == OSProcess.State.INVALID) {
                return false;
            }
            known.put(id, new Known(process, process.getStartTime()));
        }
        return true;
    }

    private void family(ExpositionWriter out, String family, Function<OSProcess, Said> value) {
        family(out, family, MetricType.GAUGE, value);
    }

    private void family(ExpositionWriter out, String family, MetricType type, Function<OSProcess, Said> value) {
        out.family(family, type);
        known.forEach((id, one) -> value.apply(one.process()).sample(out, "process", id.toString()));
        ended.forEach(id -> out.absent(Absence.UNKNOWN, "process", id.toString()));
    }

    private static Said cpuTime(OSProcess process) {
        return Said.of((process.getUserTime() + process.getKernelTime()) / 1_000.0);
    }

    /** OSHI says 0 where it may not look. */
    private Said openFiles(OSProcess process) {
        boolean mayLook = Files.isReadable(files.at("/proc/" + process.getProcessID() + "/fd"));
        long open = process.getOpenFiles();
        return open > 0 || mayLook ? Said.of(Math.max(open, 0)) : Said.absent(Absence.NO_PERMISSION);
    }

    /** What OSHI cannot read is a number below 0; that there is no limit, the largest one. */
    private static Said openFilesLimit(OSProcess process) {
        long limit = process.getSoftOpenFileLimit();
        return limit > 0 && limit < Long.MAX_VALUE ? Said.of(limit) : Said.NOTHING;
    }
}
