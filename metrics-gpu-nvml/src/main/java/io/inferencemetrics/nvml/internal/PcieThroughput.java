package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What PCIe carries, as the driver measures it over 20 ms for each device and direction: on a thread of its own, a round a
 * second, so that a read hands out what the last round found.
 */
final class PcieThroughput implements AutoCloseable {
    private static final long PAUSE_MILLIS = 1_000;
    private static final List<String> FAMILIES =
            List.of("nvml_pcie_tx_kilobytes_per_second", "nvml_pcie_rx_kilobytes_per_second");

    private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int NOT_MEASURED = Status.NOT_FOUND;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(PcieThroughput::daemon);
    private final Call call;
    private final LongSupplier nanoTime;
    private final Map<Wire, Measured> latest = new ConcurrentHashMap<>();

    /** Used by the thread alone. */
    private int opened = Status.UNINITIALIZED;

    private record Wire(long handle, int direction) {}

    private record Measured(int status, long kilobytes, long nanos) {}

    /**
     * Starts the thread, which opens the library a second time: it counts how often it was, so neither closes it for the other.
     *
     * @param nanoTime by which what was measured more than five seconds ago is no longer handed out
     */
    PcieThroughput(Nvml nvml, List<Device> devices, LongSupplier nanoTime) {
        this.call = new Call(nvml);
        this.nanoTime = nanoTime;
        List<Long> handles = devices.stream()
                .filter(device -> device.whole && device.unreachable == Status.SUCCESS)
                .map(device -> device.handle)
                .toList();
        thread.execute(() -> opened = call.of(NvmlFunction.INIT, 0));
        thread.scheduleWithFixedDelay(() -> measure(handles), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "inference-metrics-nvml-pcie");
        thread.setDaemon(true);
        return thread;
    }

    private void measure(List<Long> handles) {
        for (long handle : handles) {
            for (int direction = 0; direction < FAMILIES.size(); direction++) {
                latest.put(new Wire(handle, direction), measured(handle, direction));
            }
        }
    }

    private Measured measured(long handle, int direction) {
        int status = opened;
        try {
            if (status == Status.SUCCESS) {
                status = call.of(NvmlFunction.PCIE_THROUGHPUT, handle, direction, 0);
            }
        } catch (RuntimeException e) {
            // thrown on, it would end all further rounds
            status = NOT_MEASURED;
        }
        return new Measured(status, Integer.toUnsignedLong(call.out.getInt(0)), nanoTime.getAsLong());
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
        Measured measured = latest.get(new Wire(device.handle, direction));
        boolean current = measured != null && nanoTime.getAsLong() - measured.nanos() <= BELIEVED_NANOS;
        if (device.lost != Status.SUCCESS) {
            to.absent(Status.absence(device.lost), device.labels);
        } else if (measured == null || !current) {
            to.absent(Status.absence(NOT_MEASURED), device.labels);
        } else if (measured.status() == Status.SUCCESS) {
            to.sample(measured.kilobytes(), device.labels);
        } else {
            to.absent(Status.absence(measured.status()), device.labels);
        }
    }

    /** Ends the thread after the call that it is in; does not wait for it. */
    @Override
    public void close() {
        thread.execute(this::end);
        thread.shutdown();
    }

    private void end() {
        if (opened == Status.SUCCESS) {
            call.of(NvmlFunction.SHUTDOWN, 0);
        }
    }

    /** Whether the thread has ended: after {@link #close()}, unless a call into the driver has not returned. */
    boolean isOver() {
        return thread.isTerminated();
    }
}
