package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import oshi.hardware.GlobalMemory;
import oshi.hardware.VirtualMemory;

/** Memory and swap space. */
final class MemoryPart implements Part {
    private final GlobalMemory memory;
    private final double pageBytes;

    /** Asks at once for the size of a page, which OSHI may learn from a program that it starts. */
    MemoryPart(GlobalMemory memory) {
        this.memory = memory;
        this.pageBytes = memory.getPageSize();
    }

    @Override
    public String name() {
        return "the memory";
    }

    @Override
    public void write(ExpositionWriter out) {
        if (memory.getTotal() <= 0) {
            // without it OSHI could not read the rest either, and its zeros mean nothing
            return;
        }
        Said.of(memory.getTotal()).write(out, "host_memory_total_bytes", MetricType.GAUGE);
        Said.of(memory.getAvailable()).write(out, "host_memory_available_bytes", MetricType.GAUGE);
        swap(out, memory.getVirtualMemory());
    }

    private void swap(ExpositionWriter out, VirtualMemory swap) {
        Said.of(swap.getSwapTotal()).write(out, "host_swap_total_bytes", MetricType.GAUGE);
        Said.of(swap.getSwapUsed()).write(out, "host_swap_used_bytes", MetricType.GAUGE);
        Said.of(swap.getSwapPagesIn() * pageBytes).write(out, "host_swap_in_bytes_total", MetricType.COUNTER);
        Said.of(swap.getSwapPagesOut() * pageBytes).write(out, "host_swap_out_bytes_total", MetricType.COUNTER);
    }
}
