package io.inferencemetrics.nvml.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes on a device, and how busy each kept it.
 *
 * <p>Drivers have written entries of 16, 24 and 32 bytes through the same function; the buffer is filled with a pattern
 * before the call, and how much of it was overwritten tells.
 */
final class Processes {
    private static final int MAX = 2_000;
    private static final int LONGEST = 32;
    private static final int LIST_AT = 8;
    private static final byte PATTERN = (byte) 0xA5;
    private static final int NO_INSTANCE = -1;

    private Processes() {}

    /**
     * A process on a device.
     *
     * @param pid as the driver numbers it, which inside of a container may be another
     * @param memoryBytes that it holds; negative where the driver does not tell
     * @param gpuInstance that it runs in, or -1
     * @param computeInstance that it runs in, or -1
     */
    record Entry(int pid, long memoryBytes, int gpuInstance, int computeInstance) {
        boolean inInstance() {
            return gpuInstance != NO_INSTANCE;
        }
    }

    /**
     * How busy a process kept a device.
     *
     * @param pid as the driver numbers it
     * @param micros when that was
     * @param computePercent share of time in which it computed
     * @param memoryPercent share of time in which it read or wrote memory
     */
    record Use(int pid, long micros, long computePercent, long memoryPercent) {
        private boolean isSound() {
            return pid != 0 && computePercent <= 100 && memoryPercent <= 100 && Call.isPast(micros);
        }
    }

    /** Reads the newest sample of each process that did something since the last read; the status of the call. */
    static int readUse(Call call, Device device, List<Use> into) {
        call.out.putInt(0, MAX);
        int status = call.of(NvmlFunction.PROCESS_UTILIZATION, device.handle, device.processesSeenMicros, 0);
        if (status != Status.SUCCESS) {
            return status;
        }
        Map<Integer, Use> newest = new LinkedHashMap<>();
        int count = Math.max(0, Math.min(MAX, call.out.getInt(0)));
        for (int i = 0; i < count; i++) {
            Use use = use(call, LIST_AT + i * LONGEST);
            if (use.isSound() && use.micros > device.processesSeenMicros) {
                newest.merge(use.pid, use, (one, other) -> one.micros >= other.micros ? one : other);
            }
        }
        newest.values().forEach(use -> device.processesSeenMicros = Math.max(device.processesSeenMicros, use.micros));
        into.addAll(newest.values());
        return status;
    }

    private static Use use(Call call, int at) {
        return new Use(
                call.out.getInt(at),
                call.out.getLong(at + 8),
                Integer.toUnsignedLong(call.out.getInt(at + 16)),
                Integer.toUnsignedLong(call.out.getInt(at + 20)));
    }

    /** Reads the list into another; the status of the call. */
    static int read(Call call, NvmlFunction function, long device, List<Entry> into) {
        call.fill(LIST_AT, MAX * LONGEST, PATTERN);
        call.out.putInt(0, MAX);
        int status = call.of(function, device);
        if (status == Status.SUCCESS) {
            int count = Math.max(0, Math.min(MAX, call.out.getInt(0)));
            into.addAll(entries(call, count, stride(call, count)));
        }
        return status;
    }

    private static List<Entry> entries(Call call, int count, int stride) {
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = LIST_AT + i * stride;
            boolean instances = stride > 16;
            entries.add(new Entry(
                    call.out.getInt(at),
                    call.out.getLong(at + 8),
                    instances ? call.out.getInt(at + 16) : NO_INSTANCE,
                    instances ? call.out.getInt(at + 20) : NO_INSTANCE));
        }
        return entries;
    }

    private static int stride(Call call, int count) {
        int written = count * LONGEST;
        while (written > 0 && call.out.get(LIST_AT + written - 1) == PATTERN) {
            written--;
        }
        if (written <= count * 16) {
            return 16;
        }
        return written <= count * 24 ? 24 : LONGEST;
    }
}
