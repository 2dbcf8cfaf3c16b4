package io.inferencemetrics.nvml.internal;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.EnumMap;
import java.util.Map;

/** NVML through JNA's direct mapping, for Java before 22. */
final class JnaBinding {
    private JnaBinding() {}

    /**
     * Binds a library. JNA knows one library for all of the JVM: the one that was bound last.
     *
     * @throws LinkageError when it cannot be loaded, or JNA is not there
     */
    static Nvml open(String library) {
        NativeLibrary opened =
                NativeLibrary.getInstance(library, Map.of(Library.OPTION_FUNCTION_MAPPER, (FunctionMapper)
                        (lib, method) -> present(lib, method.getName())));
        Native.register(Functions.class, opened);
        return new BoundNvml(table(opened), buffer -> Pointer.nativeValue(Native.getDirectBufferPointer(buffer)));
    }

    private static Map<NvmlFunction, MethodHandle> table(NativeLibrary library) {
        Map<NvmlFunction, MethodHandle> table = new EnumMap<>(NvmlFunction.class);
        for (NvmlFunction function : NvmlFunction.values()) {
            if (has(library, function.symbol())) {
                table.put(function, handle(function));
            }
        }
        return table;
    }

    private static MethodHandle handle(NvmlFunction function) {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            Functions.class, function.symbol(), function.shape().type());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the declaration of " + function.symbol() + " differs from its shape", e);
        }
    }

    /** JNA binds a class whole or not at all: what the library lacks is bound to what every library has, and never called. */
    private static String present(NativeLibrary library, String symbol) {
        return has(library, symbol) ? symbol : NvmlFunction.INIT.symbol();
    }

    private static boolean has(NativeLibrary library, String symbol) {
        try {
            return Pointer.nativeValue(library.getGlobalVariableAddress(symbol)) != 0;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    /** The functions, by their names in C. */
    static final class Functions {
        private Functions() {}

        static native int nvmlInit_v2();

        static native int nvmlShutdown();

        static native int nvmlSystemGetDriverVersion(long out, int length);

        static native int nvmlSystemGetCudaDriverVersion_v2(long out);

        static native int nvmlSystemGetProcessName(int number, long out, int length);

        static native int nvmlDeviceGetCount_v2(long out);

        static native int nvmlDeviceGetHandleByIndex_v2(int number, long out);

        static native int nvmlDeviceGetName(long device, long out, int length);

        static native int nvmlDeviceGetUUID(long device, long out, int length);

        static native int nvmlDeviceGetPciInfo_v3(long device, long out);

        static native int nvmlDeviceGetArchitecture(long device, long out);

        static native int nvmlDeviceGetUtilizationRates(long device, long out);

        static native int nvmlDeviceGetSamples(long device, int kind, long since, long type, long count, long samples);

        static native int nvmlDeviceGetMemoryInfo(long device, long out);

        static native int nvmlDeviceGetMemoryInfo_v2(long device, long out);

        static native int nvmlDeviceGetTemperature(long device, int number, long out);

        static native int nvmlDeviceGetTemperatureV(long device, long out);

        static native int nvmlDeviceGetTemperatureThreshold(long device, int number, long out);

        static native int nvmlDeviceGetMarginTemperature(long device, long out);

        static native int nvmlDeviceGetPowerUsage(long device, long out);

        static native int nvmlDeviceGetEnforcedPowerLimit(long device, long out);

        static native int nvmlDeviceGetPowerManagementLimitConstraints(long device, long first, long second);

        static native int nvmlDeviceGetTotalEnergyConsumption(long device, long out);

        static native int nvmlDeviceGetClockInfo(long device, int number, long out);

        static native int nvmlDeviceGetMaxClockInfo(long device, int number, long out);

        static native int nvmlDeviceGetCurrentClocksEventReasons(long device, long out);

        static native int nvmlDeviceGetCurrentClocksThrottleReasons(long device, long out);

        static native int nvmlDeviceGetPerformanceState(long device, long out);

        static native int nvmlDeviceGetNumFans(long device, long out);

        static native int nvmlDeviceGetFanSpeed_v2(long device, int number, long out);

        static native int nvmlDeviceGetEncoderUtilization(long device, long first, long second);

        static native int nvmlDeviceGetDecoderUtilization(long device, long first, long second);

        static native int nvmlDeviceGetCurrPcieLinkGeneration(long device, long out);

        static native int nvmlDeviceGetMaxPcieLinkGeneration(long device, long out);

        static native int nvmlDeviceGetCurrPcieLinkWidth(long device, long out);

        static native int nvmlDeviceGetMaxPcieLinkWidth(long device, long out);

        static native int nvmlDeviceGetPcieReplayCounter(long device, long out);

        static native int nvmlDeviceGetTotalEccErrors(long device, int first, int second, long out);

        static native int nvmlDeviceGetRemappedRows(long device, long first, long second, long third, long fourth);

        static native int nvmlDeviceGetFieldValues(long device, int number, long out);

        static native int nvmlDeviceGetPcieThroughput(long device, int number, long out);

        static native int nvmlDeviceGetNvLinkState(long device, int number, long out);

        static native int nvmlDeviceGetNvLinkErrorCounter(long device, int first, int second, long out);

        static native int nvmlDeviceGetComputeRunningProcesses_v3(long device, long first, long second);

        static native int nvmlDeviceGetGraphicsRunningProcesses_v3(long device, long first, long second);

        static native int nvmlDeviceGetMPSComputeRunningProcesses_v3(long device, long first, long second);

        static native int nvmlDeviceGetProcessUtilization(long device, long entries, long count, long since);

        static native int nvmlDeviceGetMigMode(long device, long first, long second);

        static native int nvmlDeviceGetMaxMigDeviceCount(long device, long out);

        static native int nvmlDeviceGetMigDeviceHandleByIndex(long device, int number, long out);

        static native int nvmlDeviceGetGpuInstanceId(long device, long out);

        static native int nvmlDeviceGetComputeInstanceId(long device, long out);

        static native int nvmlGpmQueryDeviceSupport(long device, long out);

        static native int nvmlGpmSampleAlloc(long out);

        static native int nvmlGpmSampleFree(long sample);

        static native int nvmlGpmSampleGet(long device, long sample);

        static native int nvmlGpmMigSampleGet(long device, int gpuInstance, long sample);

        static native int nvmlGpmMetricsGet(long out);

        static native int nvmlEventSetCreate(long out);

        static native int nvmlDeviceRegisterEvents(long device, long types, long set);

        static native int nvmlEventSetWait_v2(long set, long out, int timeoutMillis);

        static native int nvmlEventSetFree(long set);
    }
}
