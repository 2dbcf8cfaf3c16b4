package io.inferencemetrics.dcgm;

import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.spi.MachineProvider;
import io.inferencemetrics.testkit.contract.MachineContract;

class NvidiaSmiExporterTest extends MachineContract {
    @Override
    protected MachineProvider provider() {
        return new NvidiaSmiExporter();
    }

    @Override
    protected CollectorBuilder collectors() {
        return Collectors.forGpu("nvidia-smi-exporter");
    }

    @Override
    protected String bodies() {
        return "nvidia_gpu";
    }
}
