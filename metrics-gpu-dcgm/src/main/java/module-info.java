/** Reads graphics processors from dcgm-exporter and nvidia_gpu_exporter. */
module io.inferencemetrics.gpu.dcgm {
    requires static org.jspecify;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.dcgm;

    provides io.inferencemetrics.spi.GpuProvider with
            io.inferencemetrics.dcgm.DcgmExporter,
            io.inferencemetrics.dcgm.NvidiaSmiExporter;
}
