package io.inferencemetrics.nvml.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Calls of one thread, with the buffer for their answers. */
final class Call {
    private static final int SIZE = 128 * 1024;
    private static final int STRUCTURE = 64;
    private static final int TEXT_LENGTH = 96;

    /** The clock of a driver may be so far ahead. */
    private static final long AHEAD_MILLIS = 60_000;

    private final Nvml nvml;

    /** Where answers lie, as C lays them out. */
    final ByteBuffer out = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());

    Call(Nvml nvml) {
        this.nvml = nvml;
    }

    /** Whether a time that a driver gives can be believed: one far ahead would hide all that follow. */
    static boolean isPast(long micros) {
        return micros / 1_000 <= System.currentTimeMillis() + AHEAD_MILLIS;
    }

    int of(NvmlFunction function, long a, long b, long c) {
        return nvml.call(function, a, b, c, out);
    }

    int of(NvmlFunction function, long a) {
        return of(function, a, 0, 0);
    }

    /** A number of 32 bits, or -1 where there is none. */
    long number(NvmlFunction function, long a, long b) {
        return of(function, a, b, 0) == Status.SUCCESS ? Integer.toUnsignedLong(out.getInt(0)) : -1;
    }

    /** What the library says in words; empty where it does not. */
    String text(NvmlFunction function, long a) {
        boolean ofLibrary = function.shape() == Shape.TEXT;
        int status = ofLibrary ? of(function, TEXT_LENGTH, 0, 0) : of(function, a, TEXT_LENGTH, 0);
        return status == Status.SUCCESS ? textAt(0, TEXT_LENGTH) : "";
    }

    /** The text at a place, to its end or to the most that it may have. */
    String textAt(int offset, int max) {
        int length = 0;
        while (length < max && out.get(offset + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        out.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Prepares a structure that says its version and asks for nothing else in particular. */
    void structure(int version) {
        fill(0, STRUCTURE, (byte) 0);
        out.putInt(0, version);
    }

    void fill(int offset, int length, byte with) {
        for (int i = offset; i < offset + length; i++) {
            out.put(i, with);
        }
    }
}
