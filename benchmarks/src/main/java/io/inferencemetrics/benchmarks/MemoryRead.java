package io.inferencemetrics.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Adds up all bytes as words, four sums at once: how fast memory can be read here at all. */
final class MemoryRead {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int STEP = 4 * Long.BYTES;

    private MemoryRead() {}

    /** The sum of all whole words. */
    static long sum(byte[] bytes) {
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        for (int at = 0; at <= bytes.length - STEP; at += STEP) {
            first += (long) LONG.get(bytes, at);
            second += (long) LONG.get(bytes, at + Long.BYTES);
            third += (long) LONG.get(bytes, at + 2 * Long.BYTES);
            fourth += (long) LONG.get(bytes, at + 3 * Long.BYTES);
        }
        return first + second + third + fourth;
    }
}
