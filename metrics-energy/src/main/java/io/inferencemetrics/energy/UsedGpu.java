package io.inferencemetrics.energy;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A GPU that serves a server.
 *
 * @param id its own id, as in {@link io.inferencemetrics.snapshot.MetricsSnapshot#devices()}
 * @param instances the parts of it (MIG) that the server's processes are on, by the values of
 *     {@link io.inferencemetrics.snapshot.Dimension#GPU_INSTANCE}; empty where it is not split
 * @param processes the server's processes on it; empty where the caller chose it
 * @param otherInstances the parts of it that the server's processes are not on
 * @param otherProcesses the processes on it that are not the server's
 */
public record UsedGpu(
        String id,
        List<String> instances,
        List<Long> processes,
        List<String> otherInstances,
        List<Long> otherProcesses) {

    /** Makes the lists immutable. */
    public UsedGpu {
        instances = List.copyOf(instances);
        processes = List.copyOf(processes);
        otherInstances = List.copyOf(otherInstances);
        otherProcesses = List.copyOf(otherProcesses);
    }

    /** A GPU that the caller says is the server's alone. */
    static UsedGpu chosen(String id) {
        return new UsedGpu(id, List.of(), List.of(), List.of(), List.of());
    }

    static UsedGpu of(List<ToldProcesses> device, Set<Long> server) {
        Set<Long> mine = new TreeSet<>();
        Set<Long> others = new TreeSet<>();
        Set<String> parts = new TreeSet<>(byNumber());
        Set<String> otherParts = new TreeSet<>(byNumber());
        for (ToldProcesses part : device) {
            part.processes().forEach(id -> (server.contains(id) ? mine : others).add(id));
            boolean used = part.processes().stream().anyMatch(server::contains);
            part.instance().ifPresent(instance -> (used ? parts : otherParts).add(instance));
        }
        return new UsedGpu(
                device.get(0).device(),
                List.copyOf(parts),
                List.copyOf(mine),
                List.copyOf(otherParts),
                List.copyOf(others));
    }

    private static Comparator<String> byNumber() {
        return Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
    }

    /** Whether others are on it too, so that not all of its energy is the server's. */
    public boolean shared() {
        return !otherInstances.isEmpty() || !otherProcesses.isEmpty();
    }
}
