package io.inferencemetrics.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** A way to read in this JVM. */
record OwnWay(String name, Reader reader, List<byte[]> scrapes) implements Way {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public Slice slice(long nanos) {
        Tally tally = new Tally();
        long others = CpuTime.ofOtherThreads();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        long bytes = 0;
        int count = 0;
        do {
            for (int i = 0; i < scrapes.size(); i++) { // an iterator would be an allocation
                reader.read(scrapes.get(i), tally);
                bytes += scrapes.get(i).length;
            }
            count += scrapes.size();
        } while (THREADS.getCurrentThreadCpuTime() - start < nanos);
        long used = THREADS.getCurrentThreadCpuTime() - start;
        long allocatedNow = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        long othersUsed = Math.max(0, CpuTime.ofOtherThreads() - others);
        if (tally.samples == 0) {
            throw new IllegalStateException(name + " found nothing");
        }
        // who leaves no garbage does not pay for its collection, nor for what the JIT compiler does meanwhile
        long garbage = allocatedNow > 0 ? othersUsed : 0;
        return new Slice(bytes, used + garbage, (allocatedNow + count - 1) / count);
    }
}
