package io.inferencemetrics.nvml.internal;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.ToLongFunction;

/** NVML as functions of a library, however they were bound. A function that the library lacks is not in the table. */
final class BoundNvml implements Nvml {
    private final Map<NvmlFunction, MethodHandle> functions;
    private final ToLongFunction<ByteBuffer> address;

    /**
     * Takes over a table.
     *
     * @param functions each of its {@link Shape}'s type
     * @param address of a direct buffer
     */
    BoundNvml(Map<NvmlFunction, MethodHandle> functions, ToLongFunction<ByteBuffer> address) {
        this.functions = functions;
        this.address = address;
    }

    @Override
    public int call(NvmlFunction function, long a, long b, long c, ByteBuffer out) {
        MethodHandle bound = functions.get(function);
        if (bound == null) {
            return Status.FUNCTION_NOT_FOUND;
        }
        try {
            return function.shape().invoke(bound, a, b, c, address.applyAsLong(out));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
