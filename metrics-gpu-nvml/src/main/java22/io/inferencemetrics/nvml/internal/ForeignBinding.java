package io.inferencemetrics.nvml.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.EnumMap;
import java.util.Map;

/** NVML through the Foreign Function API. */
final class ForeignBinding {
    private ForeignBinding() {}

    /**
     * Binds a library, which stays loaded: a thread may hang in it.
     *
     * @throws IllegalArgumentException when it cannot be loaded
     */
    @SuppressWarnings("restricted")
    static Nvml open(String library) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        Map<NvmlFunction, MethodHandle> table = new EnumMap<>(NvmlFunction.class);
        for (NvmlFunction function : NvmlFunction.values()) {
            symbols.find(function.symbol()).ifPresent(symbol -> table.put(function, bound(function, symbol)));
        }
        return new BoundNvml(table, buffer -> MemorySegment.ofBuffer(buffer).address());
    }

    @SuppressWarnings("restricted")
    private static MethodHandle bound(NvmlFunction function, MemorySegment symbol) {
        MethodType type = function.shape().type();
        MemoryLayout[] parameters =
                type.parameterList().stream().map(ForeignBinding::layout).toArray(MemoryLayout[]::new);
        return Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }

    private static MemoryLayout layout(Class<?> type) {
        return type == int.class ? ValueLayout.JAVA_INT : ValueLayout.JAVA_LONG;
    }
}
