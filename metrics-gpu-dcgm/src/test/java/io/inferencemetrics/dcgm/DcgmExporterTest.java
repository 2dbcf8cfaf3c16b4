package io.inferencemetrics.dcgm;

import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.spi.MachineProvider;
import io.inferencemetrics.testkit.contract.MachineContract;

class DcgmExporterTest extends MachineContract {
    @Override
    protected MachineProvider provider() {
        return new DcgmExporter();
    }

    @Override
    protected CollectorBuilder collectors() {
        return Collectors.forGpu("dcgm");
    }

    @Override
    protected String bodies() {
        return "dcgm";
    }
}
