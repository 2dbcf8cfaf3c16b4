package io.inferencemetrics.nvml.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/**
 * What a C function takes: numbers, and pointers to places in a buffer.
 *
 * <p>A pointer is passed as the 64-bit number that it is, a device as the pointer that it is.
 */
enum Shape {
    /** Nothing. */
    NONE {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact();
        }
    },
    /** A place for the answer. */
    OUT(long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(p);
        }
    },
    /** A place for a text, and its length. */
    TEXT(long.class, int.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(p, (int) a);
        }
    },
    /** A number, a place for a text, its length. */
    INT_TEXT(int.class, long.class, int.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact((int) a, p, (int) b);
        }
    },
    /** A number, and a place for the answer. */
    INT_OUT(int.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact((int) a, p);
        }
    },
    /** A device, and a place for the answer. */
    DEVICE_OUT(long.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, p);
        }
    },
    /** A device, a place for a text, its length. */
    DEVICE_TEXT(long.class, long.class, int.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, p, (int) b);
        }
    },
    /** A device, a number, and a place for the answer. */
    DEVICE_INT_OUT(long.class, int.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, (int) b, p);
        }
    },
    /** A device, two numbers, and a place for the answer. */
    DEVICE_INT2_OUT(long.class, int.class, int.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, (int) b, (int) c, p);
        }
    },
    /** A device, and two places for answers, 8 bytes apart; of a list, its count and its entries. */
    DEVICE_OUT2(long.class, long.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, p, p + 8);
        }
    },
    /** A thing of the library's own, to be let go of. */
    HANDLE(long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a);
        }
    },
    /** A device, and a thing of the library's own. */
    DEVICE_HANDLE(long.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, b);
        }
    },
    /** A device, a number, and a thing of the library's own. */
    DEVICE_INT_HANDLE(long.class, int.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, (int) b, c);
        }
    },
    /** A device, bits, and a thing of the library's own. */
    DEVICE_BITS_HANDLE(long.class, long.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, b, c);
        }
    },
    /** A thing of the library's own, a place for the answer, and a number. */
    HANDLE_OUT_INT(long.class, long.class, int.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, p, (int) b);
        }
    },
    /** A device, places for a list's entries and, 8 bytes before them, its count; the time since which. */
    DEVICE_LIST_SINCE(long.class, long.class, long.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, p + 8, p, b);
        }
    },
    /** A device, and four places for answers, 8 bytes apart. */
    DEVICE_OUT4(long.class, long.class, long.class, long.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, p, p + 8, p + 16, p + 24);
        }
    },
    /** A device, a kind of samples, the time since which; places for the type, the count and the samples, 8 bytes apart. */
    DEVICE_SAMPLES(long.class, int.class, long.class, long.class, long.class, long.class) {
        @Override
        int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable {
            return (int) function.invokeExact(a, (int) b, c, p, p + 8, p + 16);
        }
    };

    private final MethodType type;

    Shape(Class<?>... parameters) {
        type = MethodType.methodType(int.class, parameters);
    }

    /** The function's type in Java. */
    MethodType type() {
        return type;
    }

    /**
     * Calls a function of this shape.
     *
     * @param p the address of the buffer
     */
    abstract int invoke(MethodHandle function, long a, long b, long c, long p) throws Throwable;
}
