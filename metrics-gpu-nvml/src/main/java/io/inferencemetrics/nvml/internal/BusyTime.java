package io.inferencemetrics.nvml.internal;

/**
 * Busy time added up from the samples that the driver keeps, so that who reads seldom misses none that is still kept.
 *
 * <p>It counts from the first read. Where samples were lost, because the reader came too late, the next one stands for the
 * time since the last; after {@link #resume()} for nothing. Safe for use by several threads, of which none waits for a call.
 */
final class BusyTime {
    private static final int MAX_SAMPLES = 4_000;
    private static final int SAMPLE_BYTES = 16;
    private static final int SAMPLES_AT = 16;

    private final int kind;
    private long lastMicros;
    private double seconds;
    private boolean resumed;

    /** Of the samples of a kind: 1 the device, 2 its memory. */
    BusyTime(int kind) {
        this.kind = kind;
    }

    int kind() {
        return kind;
    }

    synchronized double seconds() {
        return seconds;
    }

    /** The device was away: the time until its next sample is not known to be busy. */
    synchronized void resume() {
        resumed = true;
    }

    private synchronized long lastMicros() {
        return lastMicros;
    }

    /** Adds the samples since the last read; the status of the call. */
    int read(Call call, long device) {
        call.out.putInt(8, MAX_SAMPLES);
        long since = lastMicros();
        int status = call.of(NvmlFunction.SAMPLES, device, kind, since);
        if (status == Status.NOT_FOUND && since > 0) {
            return Status.SUCCESS;
        }
        if (status == Status.SUCCESS) {
            add(call, Math.min(MAX_SAMPLES, call.out.getInt(8)));
        }
        return status;
    }

    private synchronized void add(Call call, int count) {
        for (int i = 0; i < count; i++) {
            long micros = call.out.getLong(SAMPLES_AT + i * SAMPLE_BYTES);
            long percent = Integer.toUnsignedLong(call.out.getInt(SAMPLES_AT + i * SAMPLE_BYTES + 8));
            if (micros <= lastMicros || percent > 100 || !Call.isPast(micros)) {
                continue;
            }
            if (lastMicros > 0 && !resumed) {
                seconds += (micros - lastMicros) / 1e6 * percent / 100;
            }
            resumed = false;
            lastMicros = micros;
        }
    }
}
