package io.inferencemetrics.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts newlines eight bytes at a time: what any reader of lines must do, and so the limit to measure against. */
final class NewlineScan {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private NewlineScan() {}

    /** Finds each newline in turn, as a reader of lines does. */
    static long lines(byte[] bytes) {
        long lines = 0;
        int at = 0;
        while (at < bytes.length) {
            at = next(bytes, at) + 1;
            lines++;
        }
        return lines;
    }

    private static int next(byte[] bytes, int from) {
        int at = from;
        for (; at <= bytes.length - 8; at += 8) {
            long word = (long) LONG.get(bytes, at) ^ NEWLINES;
            long found = (word - ONES) & ~word & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
