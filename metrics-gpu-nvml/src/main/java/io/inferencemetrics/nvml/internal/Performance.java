package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.Arrays;
import java.util.List;

/**
 * What NVML calls GPM, on Hopper and newer: how busy the parts of a chip were between two reads, of MIG instances too.
 *
 * <p>The first read has none; reads that follow each other within a tenth of a second get what the last one got.
 */
final class Performance {

    private static final long LEAST_NANOS = 100_000_000;
    private static final int METRICS_AT = 24;
    private static final int METRIC_BYTES = 40;
    private static final int STRUCTURE_BYTES = 13_344;

    /** The numbers that are asked for. */
    static final List<Measure> MEASURES = List.of(
            new Measure(1, "nvml_gpm_graphics_percent"),
            new Measure(2, "nvml_gpm_sm_percent"),
            new Measure(3, "nvml_gpm_sm_occupancy_percent"),
            new Measure(5, "nvml_gpm_tensor_percent"),
            new Measure(10, "nvml_gpm_dram_percent"),
            new Measure(11, "nvml_gpm_fp64_percent"),
            new Measure(12, "nvml_gpm_fp32_percent"),
            new Measure(13, "nvml_gpm_fp16_percent"),
            new Measure(20, "nvml_gpm_pcie_tx_mebibytes_per_second"),
            new Measure(21, "nvml_gpm_pcie_rx_mebibytes_per_second"),
            new Measure(60, "nvml_gpm_nvlink_rx_mebibytes_per_second"),
            new Measure(61, "nvml_gpm_nvlink_tx_mebibytes_per_second"));

    /**
     * A number.
     *
     * @param id that NVML gives it
     * @param family the name on the wire
     */
    record Measure(int id, String family) {}

    private final double[] values = new double[MEASURES.size()];
    private final int[] statuses = new int[MEASURES.size()];
    private long earlier;
    private long later;
    private long laterNanos;
    private boolean allocated;

    /** Good samples in a row: two are needed. */
    private int taken;

    Performance() {
        Arrays.fill(statuses, Status.NOT_FOUND);
    }

    /**
     * Takes a sample, and works out the time since the last.
     *
     * @param whole the device that has the part, or is itself meant
     */
    void read(Call call, Device device, Device whole, long nanos) {
        if (taken > 0 && nanos - laterNanos < LEAST_NANOS) {
            return;
        }
        int status = sample(call, device, whole);
        device.noted(status);
        taken = status == Status.SUCCESS ? taken + 1 : 0;
        if (status != Status.SUCCESS) {
            Arrays.fill(statuses, status);
            return;
        }
        laterNanos = nanos;
        if (taken > 1) {
            workOut(call);
        }
    }

    private int sample(Call call, Device device, Device whole) {
        int known = whole.known(NvmlFunction.GPM_SUPPORT, 0);
        if (known != Status.SUCCESS) {
            return known;
        }
        if (!allocated) {
            call.structure(1);
            int status = call.of(NvmlFunction.GPM_SUPPORT, whole.handle);
            boolean none = status == Status.SUCCESS && call.out.getInt(4) == 0;
            if (status != Status.SUCCESS || none) {
                whole.remember(NvmlFunction.GPM_SUPPORT, 0, none ? Status.NOT_SUPPORTED : status);
                return none ? Status.NOT_SUPPORTED : status;
            }
        }
        long next = earlier != 0 ? earlier : allocate(call);
        if (next == 0) {
            return Status.NOT_FOUND;
        }
        allocated = true;
        earlier = later;
        later = next;
        return device.instance
                ? call.of(NvmlFunction.GPM_INSTANCE_SAMPLE, whole.handle, device.gpuInstance, next)
                : call.of(NvmlFunction.GPM_SAMPLE, whole.handle, next, 0);
    }

    private static long allocate(Call call) {
        return call.of(NvmlFunction.GPM_ALLOCATE, 0) == Status.SUCCESS ? call.out.getLong(0) : 0;
    }

    private void workOut(Call call) {
        call.fill(0, STRUCTURE_BYTES, (byte) 0);
        call.out.putInt(0, 1).putInt(4, MEASURES.size()).putLong(8, earlier).putLong(16, later);
        for (int i = 0; i < MEASURES.size(); i++) {
            call.out.putInt(METRICS_AT + i * METRIC_BYTES, MEASURES.get(i).id());
        }
        int status = call.of(NvmlFunction.GPM_METRICS, 0);
        for (int i = 0; i < MEASURES.size(); i++) {
            int at = METRICS_AT + i * METRIC_BYTES;
            statuses[i] = status == Status.SUCCESS ? call.out.getInt(at + 4) : status;
            values[i] = call.out.getDouble(at + 8);
        }
    }

    /** Gives the samples back to the library. */
    void free(Call call) {
        for (long sample : new long[] {earlier, later}) {
            if (sample != 0) {
                call.of(NvmlFunction.GPM_FREE, sample);
            }
        }
        earlier = 0;
        later = 0;
    }

    /** Writes the numbers of all devices, family by family. */
    static void write(ExpositionWriter to, List<Device> devices) {
        for (int i = 0; i < MEASURES.size(); i++) {
            to.family(MEASURES.get(i).family(), MetricType.GAUGE);
            for (Device device : devices) {
                device.performance.write(to, i, device);
            }
        }
    }

    private void write(ExpositionWriter to, int measure, Device device) {
        int status = device.lost != Status.SUCCESS ? device.lost : statuses[measure];
        if (status == Status.SUCCESS && Double.isFinite(values[measure])) {
            to.sample(values[measure], device.labels);
        } else {
            to.absent(Status.absence(status), device.labels);
        }
    }
}
