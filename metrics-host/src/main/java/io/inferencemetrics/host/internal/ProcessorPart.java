package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.LogicalProcessor;
import oshi.hardware.CentralProcessor.TickType;

/** What the processors did, since the start of the machine. */
final class ProcessorPart implements Part {
    private static final List<String> LOADS = List.of("host_load_1m", "host_load_5m", "host_load_15m");

    /** What every system tells; of the others OSHI says 0 where they are not Linux. */
    private static final List<TickType> EVERYWHERE = List.of(TickType.USER, TickType.SYSTEM, TickType.IDLE);

    private final CentralProcessor processor;
    private final List<TickType> modes;

    /** OSHI gives milliseconds, in steps of the kernel's tick. */
    ProcessorPart(CentralProcessor processor, boolean linux) {
        this.processor = processor;
        this.modes = linux ? List.of(TickType.values()) : EVERYWHERE;
    }

    @Override
    public String name() {
        return "the processor";
    }

    @Override
    public void write(ExpositionWriter out) {
        Said.positive(processor.getLogicalProcessorCount()).write(out, "host_cpu_count", MetricType.GAUGE);
        times(out);
        double[] loads = processor.getSystemLoadAverage(LOADS.size());
        for (int i = 0; i < loads.length; i++) {
            // negative where the system has none
            (loads[i] < 0 ? Said.NOTHING : Said.of(loads[i])).write(out, LOADS.get(i), MetricType.GAUGE);
        }
    }

    private void times(ExpositionWriter out) {
        long[][] ticks = processor.getProcessorCpuLoadTicks();
        boolean said = Stream.of(ticks).anyMatch(core -> core[TickType.IDLE.getIndex()] > 0);
        if (!said) {
            return;
        }
        out.family("host_cpu_seconds_total", MetricType.COUNTER);
        for (int core = 0; core < ticks.length; core++) {
            for (TickType mode : modes) {
                out.sample(
                        ticks[core][mode.getIndex()] / 1_000.0,
                        "core",
                        number(core, ticks.length),
                        "mode",
                        mode.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** The system's own number of a processor, which differs from its place where some are offline. */
    private String number(int place, int places) {
        List<LogicalProcessor> processors = processor.getLogicalProcessors();
        return String.valueOf(
                processors.size() == places ? processors.get(place).getProcessorNumber() : place);
    }
}
