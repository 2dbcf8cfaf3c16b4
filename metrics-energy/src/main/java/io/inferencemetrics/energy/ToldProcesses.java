package io.inferencemetrics.energy;

import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Unit;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a snapshot of GPUs tells of the processes on one device, or on a part of it.
 *
 * @param instance the part; empty for the device itself
 * @param processes their ids, as the driver numbers them
 */
record ToldProcesses(String device, Optional<String> instance, Set<Long> processes) {

    /** Of all devices and all their parts, also those without a process. */
    static List<ToldProcesses> in(MetricsSnapshot gpus) {
        List<ToldProcesses> told = new ArrayList<>();
        for (Map.Entry<String, MetricsSnapshot> device : gpus.devices().entrySet()) {
            Set<Long> rest = processes(device.getValue());
            for (String instance : device.getValue().values(Dimension.GPU_INSTANCE)) {
                Set<Long> own = processes(device.getValue().where(Dimension.GPU_INSTANCE, instance));
                rest.removeAll(own);
                told.add(new ToldProcesses(device.getKey(), Optional.of(instance), own));
            }
            told.add(new ToldProcesses(device.getKey(), Optional.empty(), rest));
        }
        return told;
    }

    private static Set<Long> processes(MetricsSnapshot snapshot) {
        return snapshot.metrics().stream()
                .filter(metric -> !isShare(metric))
                .flatMap(metric -> snapshot.series(metric).stream())
                .flatMap(series -> series.dimension(Dimension.PROCESS).stream())
                .filter(id -> id.matches("[0-9]{1,10}"))
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    /** How busy a process kept a device is told of those too that have just ended. */
    private static boolean isShare(Metric<?> metric) {
        return metric.unit() == Unit.RATIO || metric.unit() == Unit.PERCENT;
    }
}
