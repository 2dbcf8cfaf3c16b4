package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.Shape.DEVICE_HANDLE;
import static io.inferencemetrics.nvml.internal.Shape.DEVICE_INT2_OUT;
import static io.inferencemetrics.nvml.internal.Shape.DEVICE_INT_HANDLE;
import static io.inferencemetrics.nvml.internal.Shape.DEVICE_INT_OUT;
import static io.inferencemetrics.nvml.internal.Shape.DEVICE_OUT;
import static io.inferencemetrics.nvml.internal.Shape.DEVICE_OUT2;
import static io.inferencemetrics.nvml.internal.Shape.DEVICE_OUT4;
import static io.inferencemetrics.nvml.internal.Shape.DEVICE_SAMPLES;
import static io.inferencemetrics.nvml.internal.Shape.DEVICE_TEXT;
import static io.inferencemetrics.nvml.internal.Shape.INT_OUT;
import static io.inferencemetrics.nvml.internal.Shape.INT_TEXT;
import static io.inferencemetrics.nvml.internal.Shape.NONE;
import static io.inferencemetrics.nvml.internal.Shape.OUT;
import static io.inferencemetrics.nvml.internal.Shape.TEXT;

/** The functions of NVML that are called, by their names in the library. */
enum NvmlFunction {
    INIT("nvmlInit_v2", NONE),
    SHUTDOWN("nvmlShutdown", NONE),
    DRIVER_VERSION("nvmlSystemGetDriverVersion", TEXT),
    CUDA_VERSION("nvmlSystemGetCudaDriverVersion_v2", OUT),
    PROCESS_NAME("nvmlSystemGetProcessName", INT_TEXT),
    COUNT("nvmlDeviceGetCount_v2", OUT),
    HANDLE("nvmlDeviceGetHandleByIndex_v2", INT_OUT),
    NAME("nvmlDeviceGetName", DEVICE_TEXT),
    UUID("nvmlDeviceGetUUID", DEVICE_TEXT),
    PCI_INFO("nvmlDeviceGetPciInfo_v3", DEVICE_OUT),
    ARCHITECTURE("nvmlDeviceGetArchitecture", DEVICE_OUT),
    UTILIZATION("nvmlDeviceGetUtilizationRates", DEVICE_OUT),
    SAMPLES("nvmlDeviceGetSamples", DEVICE_SAMPLES),
    MEMORY("nvmlDeviceGetMemoryInfo", DEVICE_OUT),
    MEMORY_V2("nvmlDeviceGetMemoryInfo_v2", DEVICE_OUT),
    TEMPERATURE("nvmlDeviceGetTemperature", DEVICE_INT_OUT),
    TEMPERATURE_V("nvmlDeviceGetTemperatureV", DEVICE_OUT),
    TEMPERATURE_THRESHOLD("nvmlDeviceGetTemperatureThreshold", DEVICE_INT_OUT),
    MARGIN_TEMPERATURE("nvmlDeviceGetMarginTemperature", DEVICE_OUT),
    POWER("nvmlDeviceGetPowerUsage", DEVICE_OUT),
    POWER_LIMIT("nvmlDeviceGetEnforcedPowerLimit", DEVICE_OUT),
    POWER_LIMIT_RANGE("nvmlDeviceGetPowerManagementLimitConstraints", DEVICE_OUT2),
    ENERGY("nvmlDeviceGetTotalEnergyConsumption", DEVICE_OUT),
    CLOCK("nvmlDeviceGetClockInfo", DEVICE_INT_OUT),
    CLOCK_MAX("nvmlDeviceGetMaxClockInfo", DEVICE_INT_OUT),
    CLOCK_EVENTS("nvmlDeviceGetCurrentClocksEventReasons", DEVICE_OUT),
    CLOCK_THROTTLE("nvmlDeviceGetCurrentClocksThrottleReasons", DEVICE_OUT),
    PERFORMANCE_STATE("nvmlDeviceGetPerformanceState", DEVICE_OUT),
    FANS("nvmlDeviceGetNumFans", DEVICE_OUT),
    FAN_SPEED("nvmlDeviceGetFanSpeed_v2", DEVICE_INT_OUT),
    ENCODER("nvmlDeviceGetEncoderUtilization", DEVICE_OUT2),
    DECODER("nvmlDeviceGetDecoderUtilization", DEVICE_OUT2),
    PCIE_GENERATION("nvmlDeviceGetCurrPcieLinkGeneration", DEVICE_OUT),
    PCIE_GENERATION_MAX("nvmlDeviceGetMaxPcieLinkGeneration", DEVICE_OUT),
    PCIE_WIDTH("nvmlDeviceGetCurrPcieLinkWidth", DEVICE_OUT),
    PCIE_WIDTH_MAX("nvmlDeviceGetMaxPcieLinkWidth", DEVICE_OUT),
    PCIE_REPLAYS("nvmlDeviceGetPcieReplayCounter", DEVICE_OUT),
    ECC_ERRORS("nvmlDeviceGetTotalEccErrors", DEVICE_INT2_OUT),
    REMAPPED_ROWS("nvmlDeviceGetRemappedRows", DEVICE_OUT4),
    FIELDS("nvmlDeviceGetFieldValues", DEVICE_INT_OUT),
    PCIE_THROUGHPUT("nvmlDeviceGetPcieThroughput", DEVICE_INT_OUT),
    NVLINK_STATE("nvmlDeviceGetNvLinkState", DEVICE_INT_OUT),
    NVLINK_ERRORS("nvmlDeviceGetNvLinkErrorCounter", DEVICE_INT2_OUT),
    COMPUTE_PROCESSES("nvmlDeviceGetComputeRunningProcesses_v3", DEVICE_OUT2),
    GRAPHICS_PROCESSES("nvmlDeviceGetGraphicsRunningProcesses_v3", DEVICE_OUT2),
    MPS_PROCESSES("nvmlDeviceGetMPSComputeRunningProcesses_v3", DEVICE_OUT2),
    PROCESS_UTILIZATION("nvmlDeviceGetProcessUtilization", Shape.DEVICE_LIST_SINCE),
    MIG_MODE("nvmlDeviceGetMigMode", DEVICE_OUT2),
    MIG_COUNT("nvmlDeviceGetMaxMigDeviceCount", DEVICE_OUT),
    MIG_HANDLE("nvmlDeviceGetMigDeviceHandleByIndex", DEVICE_INT_OUT),
    GPU_INSTANCE_ID("nvmlDeviceGetGpuInstanceId", DEVICE_OUT),
    COMPUTE_INSTANCE_ID("nvmlDeviceGetComputeInstanceId", DEVICE_OUT),
    GPM_SUPPORT("nvmlGpmQueryDeviceSupport", DEVICE_OUT),
    GPM_ALLOCATE("nvmlGpmSampleAlloc", OUT),
    GPM_FREE("nvmlGpmSampleFree", Shape.HANDLE),
    GPM_SAMPLE("nvmlGpmSampleGet", DEVICE_HANDLE),
    GPM_INSTANCE_SAMPLE("nvmlGpmMigSampleGet", DEVICE_INT_HANDLE),
    GPM_METRICS("nvmlGpmMetricsGet", OUT),
    EVENTS_CREATE("nvmlEventSetCreate", OUT),
    EVENTS_REGISTER("nvmlDeviceRegisterEvents", Shape.DEVICE_BITS_HANDLE),
    EVENTS_WAIT("nvmlEventSetWait_v2", Shape.HANDLE_OUT_INT),
    EVENTS_FREE("nvmlEventSetFree", Shape.HANDLE);

    private final String symbol;
    private final Shape shape;

    NvmlFunction(String symbol, Shape shape) {
        this.symbol = symbol;
        this.shape = shape;
    }

    String symbol() {
        return symbol;
    }

    Shape shape() {
        return shape;
    }
}
