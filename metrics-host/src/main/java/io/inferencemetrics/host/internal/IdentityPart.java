package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.ArrayList;
import java.util.List;
import oshi.hardware.CentralProcessor;
import oshi.software.os.OperatingSystem;

/** Which machine it is. */
final class IdentityPart implements Part {
    private final OperatingSystem os;
    private final String[] labels;

    /** Asks at once for what does not change, some of which OSHI learns from programs that it starts. */
    IdentityPart(OperatingSystem os, CentralProcessor processor) {
        this.os = os;
        List<String> known = new ArrayList<>();
        add(known, "name", os.getNetworkParams().getHostName());
        add(known, "os", os.toString());
        add(known, "cpu_model", processor.getProcessorIdentifier().getName());
        this.labels = known.toArray(String[]::new);
    }

    private static void add(List<String> labels, String name, String value) {
        if (!value.isBlank()) {
            labels.add(name);
            labels.add(value.strip());
        }
    }

    @Override
    public String name() {
        return "the identity";
    }

    @Override
    public void write(ExpositionWriter out) {
        out.family("host_info", MetricType.GAUGE);
        out.sample(1, labels);
        Said.positive(os.getSystemUptime()).write(out, "host_uptime_seconds", MetricType.GAUGE);
    }
}
