package io.inferencemetrics.energy;

import io.inferencemetrics.energy.Placement.Reason;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.transport.Target;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the GPUs that serve a server of this machine: those on which the process that listens at its address is, or one of
 * its descendants.
 *
 * <pre>{@code
 * Placement placement = new GpuFinder().find("http://localhost:8000", gpus.collect());
 * }</pre>
 *
 * <p>Where none of those is on a GPU, the process that started the listener counts too if it has the same name, as the
 * launcher of TGI, which starts its web server beside its workers.
 *
 * <p>Linux only, without native code; a look at every process of the machine, so some milliseconds to some hundred: ask when
 * a server starts, and not with each read. Another user's processes can be seen only with the right to look. Safe for use by
 * several threads.
 */
public final class GpuFinder {
    private final ProcFiles proc;

    /** A finder that reads {@code /proc}. */
    public GpuFinder() {
        this(new ProcFiles(Path.of("/proc")));
    }

    GpuFinder(ProcFiles proc) {
        this.proc = proc;
    }

    /**
     * Finds them; what stands in the way is part of the answer and not thrown.
     *
     * @param address of the server, as {@link Target#parse} reads it; its host may be asked of the system's resolver
     * @param gpus a snapshot of this machine's GPUs that tells their processes, as {@code Collectors.forGpu()} reads it
     * @throws IllegalArgumentException when the address cannot be understood
     */
    public Placement find(String address, MetricsSnapshot gpus) {
        Target target = Target.parse(address);
        if (!proc.isThere()) {
            return unknown(
                    Reason.NOT_SUPPORTED,
                    "which process listens at " + target + " is read from Linux's /proc, and this system has none");
        }
        if (target.kind() == Target.Kind.UNIX_SOCKET) {
            Set<Long> sockets =
                    new Listening(proc).at(target.socket().orElseThrow().toAbsolutePath());
            return find(target, sockets, gpus);
        }
        List<InetAddress> own = target.kind() == Target.Kind.HTTP ? Listening.ownAddresses(target) : List.of();
        if (own.isEmpty()) {
            return unknown(
                    Reason.NOT_HERE, target + " is no address of this machine, whose processes alone can be seen");
        }
        return find(target, new Listening(proc).at(own, Listening.port(target)), gpus);
    }

    private Placement find(Target target, Set<Long> sockets, MetricsSnapshot gpus) {
        if (sockets.isEmpty()) {
            return unknown(
                    Reason.NOTHING_LISTENS,
                    "nothing listens at " + target
                            + " in the network that this process sees: start the server, correct the"
                            + " port, or, for one in a container, look from its machine's network (--network host)");
        }
        ProcFiles.Owners owners = proc.owners(sockets);
        if (owners.processes().isEmpty()) {
            return owners.refused()
                    ? unknown(
                            Reason.NO_PERMISSION,
                            "this process may not see which process listens at " + target
                                    + ": run it as the server's user or as root")
                    : unknown(
                            Reason.OTHER_PID_NAMESPACE,
                            "the process that listens at " + target
                                    + " is in another PID namespace than this one, a container's");
        }
        return match(target, owners.processes(), gpus);
    }

    private Placement match(Target target, Set<Long> listeners, MetricsSnapshot gpus) {
        List<ToldProcesses> told = ToldProcesses.in(gpus);
        Set<Long> onGpus =
                told.stream().flatMap(part -> part.processes().stream()).collect(Collectors.toSet());
        Map<Long, ProcFiles.Process> processes = proc.processes();
        List<UsedGpu> used = used(told, withDescendants(listeners, processes));
        if (used.isEmpty()) {
            used = used(told, withDescendants(launchers(listeners, processes), processes));
        }
        boolean strangers = !processes.keySet().containsAll(onGpus);
        if (!used.isEmpty() && !(proc.inNestedNamespace() && strangers)) {
            return new Placement.Known(used);
        }
        return none(target, onGpus, strangers, gpus);
    }

    /** Why no GPU has a process of the server. */
    private Placement none(Target target, Set<Long> onGpus, boolean strangers, MetricsSnapshot gpus) {
        boolean nested = proc.inNestedNamespace();
        if (strangers) {
            return unknown(
                    Reason.OTHER_PID_NAMESPACE,
                    "the driver tells processes on the GPUs that are not known here, such as " + least(onGpus)
                            + ": their ids are of another PID namespace than those of " + target
                            + " (a container's; --pid host gives it the machine's)");
        }
        if (!onGpus.isEmpty() || (gpus.value(GpuMetrics.PROCESSES) == 0 && !nested)) {
            return unknown(
                    Reason.NOT_ON_A_GPU,
                    "the process that listens at " + target + " is on no GPU, nor is one that it started: it computes"
                            + " elsewhere, or passes requests on, as docker-proxy does into a container");
        }
        boolean noneTold = Double.isNaN(gpus.value(GpuMetrics.PROCESSES));
        return unknown(
                nested && !noneTold ? Reason.OTHER_PID_NAMESPACE : Reason.NO_PROCESSES_TOLD,
                gpus.info().engine() + " does not tell which processes are on the GPUs"
                        + (nested ? ", as drivers often do in a container" : "") + ", so those of " + target
                        + " are not known");
    }

    private static String least(Set<Long> ids) {
        return String.valueOf(ids.stream().mapToLong(id -> id).min().orElse(0));
    }

    private static List<UsedGpu> used(List<ToldProcesses> told, Set<Long> server) {
        Map<String, List<ToldProcesses>> devices = told.stream()
                .collect(Collectors.groupingBy(ToldProcesses::device, LinkedHashMap::new, Collectors.toList()));
        return devices.values().stream()
                .map(device -> UsedGpu.of(device, server))
                .filter(gpu -> !gpu.processes().isEmpty())
                .toList();
    }

    private static Set<Long> withDescendants(Collection<Long> ids, Map<Long, ProcFiles.Process> processes) {
        Map<Long, List<Long>> children = processes.values().stream()
                .collect(Collectors.groupingBy(
                        ProcFiles.Process::parent, Collectors.mapping(ProcFiles.Process::id, Collectors.toList())));
        Set<Long> all = new HashSet<>(ids);
        Deque<Long> open = new ArrayDeque<>(ids);
        while (!open.isEmpty()) {
            children.getOrDefault(open.pop(), List.of()).stream()
                    .filter(all::add)
                    .forEach(open::add);
        }
        return all;
    }

    /** The parents of the same name. */
    private static Set<Long> launchers(Set<Long> ids, Map<Long, ProcFiles.Process> processes) {
        Set<Long> parents = new HashSet<>();
        for (long id : ids) {
            ProcFiles.Process child = processes.get(id);
            ProcFiles.Process parent = child == null ? null : processes.get(child.parent());
            if (parent != null && child != null && parent.name().equals(child.name())) {
                parents.add(parent.id());
            }
        }
        return parents;
    }

    private static Placement unknown(Reason reason, String detail) {
        return new Placement.Unknown(reason, detail);
    }
}
