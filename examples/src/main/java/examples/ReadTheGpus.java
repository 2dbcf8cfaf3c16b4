package examples;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;

/** Reads the GPUs of a machine from its dcgm-exporter: all together, and each. */
public final class ReadTheGpus {
    private ReadTheGpus() {}

    /** Takes the exporter's address, such as {@code http://node7:9400}. */
    public static void main(String[] arguments) {
        MetricsSnapshot all = Collectors.forGpu("dcgm").collect(arguments[0]);
        System.out.println("power of all " + all.value(GpuMetrics.POWER) + " W");
        all.devices().forEach((id, gpu) -> System.out.println(gpu.text(GpuMetrics.NAME).orElse(id) + ": busy "
                + gpu.value(GpuMetrics.UTILIZATION) + ", memory in use " + gpu.value(GpuMetrics.MEMORY_USAGE)));
    }
}
