package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What PCIe carries, as the driver measures it over 20 ms for each device and direction: on a thread of its own, a round a
 * second, so that a read hands out what the last round found.
 */
final class PcieThroughput implements AutoCloseable {
    private static final long PAUSE_MILLIS = 1_000;
    private static final List<String> FAMILIES =
            List.of("nvml_pcie_tx_kilobytes_per_second", "nvml_pcie_rx_kilobytes_per_second");

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(PcieThroughput::daemon);
    private final Runnable atEnd;
    private final Map<Long, long[]> latest = new ConcurrentHashMap<>();

    /** Starts the thread, which opens the library a second time: it counts how often it was, so neither closes it for the other. */
    PcieThroughput(Nvml nvml, List<Device> devices) {
        Call call = new Call(nvml);
        List<Long> handles = devices.stream()
                .filter(device -> device.whole && device.unreachable == Status.SUCCESS)
                .map(device -> device.handle)
                .toList();
        thread.execute(() -> call.of(NvmlFunction.INIT, 0));
        thread.scheduleWithFixedDelay(() -> measure(call, handles), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        atEnd = () -> call.of(NvmlFunction.SHUTDOWN, 0);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "inference-metrics-nvml-pcie");
        thread.setDaemon(true);
        return thread;
    }

    private void measure(Call call, List<Long> handles) {
        for (long handle : handles) {
            long[] measured = new long[2 * FAMILIES.size()];
            for (int direction = 0; direction < FAMILIES.size(); direction++) {
                measured[2 * direction] = call.of(NvmlFunction.PCIE_THROUGHPUT, handle, direction, 0);
                measured[2 * direction + 1] = Integer.toUnsignedLong(call.out.getInt(0));
            }
            latest.put(handle, measured);
        }
    }

    void write(ExpositionWriter to, List<Device> devices) {
        for (int direction = 0; direction < FAMILIES.size(); direction++) {
            to.family(FAMILIES.get(direction), MetricType.GAUGE);
            for (Device device : devices) {
                write(to, direction, device);
            }
        }
    }

    private void write(ExpositionWriter to, int direction, Device device) {
        long[] measured = latest.getOrDefault(device.handle, new long[] {Status.NOT_FOUND, 0, Status.NOT_FOUND, 0});
        int status = device.lost != Status.SUCCESS ? device.lost : (int) measured[2 * direction];
        if (status == Status.SUCCESS) {
            to.sample(measured[2 * direction + 1], device.labels);
        } else {
            to.absent(Status.absence(status), device.labels);
        }
    }

    /** Ends the thread after the call that it is in; does not wait for it. */
    @Override
    public void close() {
        thread.execute(atEnd);
        thread.shutdown();
    }

    /** Whether the thread has ended: after {@link #close()}, unless a call into the driver has not returned. */
    boolean isOver() {
        return thread.isTerminated();
    }
}
