/** Reads NVIDIA's graphics processors in this process. */
module io.inferencemetrics.gpu.nvml {
    requires static org.jspecify;
    requires com.sun.jna;
    requires de.siegmar.fastcsv;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.nvml;

    provides io.inferencemetrics.spi.GpuProvider with
            io.inferencemetrics.nvml.NvmlGpus,
            io.inferencemetrics.nvml.NvidiaSmiGpus;
}
