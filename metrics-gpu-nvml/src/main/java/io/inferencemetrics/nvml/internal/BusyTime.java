package io.inferencemetrics.nvml.internal;

/**
 * Busy time added up from the samples that the driver keeps, so that who reads seldom misses none that is still kept.
 *
 * <p>It counts from the first read. Where samples were lost, because the reader came too late, the next one stands for the
 * time since the last.
 */
final class BusyTime {
    private static final int MAX_SAMPLES = 4_000;
    private static final int SAMPLE_BYTES = 16;
    private static final int SAMPLES_AT = 16;

    private final int kind;
    private long lastMicros;
    private double seconds;

    /** Of the samples of a kind: 1 the device, 2 its memory. */
    BusyTime(int kind) {
        this.kind = kind;
    }

    int kind() {
        return kind;
    }

    double seconds() {
        return seconds;
    }

    /** Adds the samples since the last read; the status of the call. */
    int read(Call call, long device) {
        call.out.putInt(8, MAX_SAMPLES);
        int status = call.of(NvmlFunction.SAMPLES, device, kind, lastMicros);
        if (status == Status.NOT_FOUND && lastMicros > 0) {
            return Status.SUCCESS;
        }
        if (status == Status.SUCCESS) {
            add(call, Math.min(MAX_SAMPLES, call.out.getInt(8)));
        }
        return status;
    }

    private void add(Call call, int count) {
        for (int i = 0; i < count; i++) {
            long micros = call.out.getLong(SAMPLES_AT + i * SAMPLE_BYTES);
            long percent = Integer.toUnsignedLong(call.out.getInt(SAMPLES_AT + i * SAMPLE_BYTES + 8));
            if (micros <= lastMicros) {
                continue;
            }
            if (lastMicros > 0) {
                seconds += (micros - lastMicros) / 1e6 * percent / 100;
            }
            lastMicros = micros;
        }
    }
}
