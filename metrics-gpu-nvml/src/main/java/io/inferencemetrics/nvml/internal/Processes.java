package io.inferencemetrics.nvml.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The processes on a device.
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
