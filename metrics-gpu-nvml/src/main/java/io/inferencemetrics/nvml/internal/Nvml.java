package io.inferencemetrics.nvml.internal;

import java.nio.ByteBuffer;

/** NVML, or what stands in for it: one method for all of its functions. Used by several threads, each with a buffer of its own. */
interface Nvml {

    /**
     * Calls a function. Numbers are passed in the order in which C wants them; each pointer is a place in the buffer, as the
     * function's {@link Shape} says, where the structures of C lie as C lays them out.
     *
     * @param out direct, in the machine's own order of bytes
     * @return the function's status; {@link Status#FUNCTION_NOT_FOUND} where the library lacks it
     */
    int call(NvmlFunction function, long a, long b, long c, ByteBuffer out);
}
