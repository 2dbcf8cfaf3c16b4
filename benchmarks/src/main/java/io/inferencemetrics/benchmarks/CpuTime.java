package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CPU time that the JVM takes behind a thread's back, to collect garbage above all. Linux tells it to the nanosecond;
 * elsewhere it is taken to be nothing, which flatters readers that allocate. The JVM's own figure has steps of 10 ms.
 */
final class CpuTime {
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");

    private CpuTime() {}

    static long ofOtherThreads() {
        if (!Files.exists(THIS_THREAD.resolve("schedstat"))) {
            return 0;
        }
        try (Stream<Path> threads = Files.list(THREADS)) {
            Path self = THIS_THREAD.toRealPath().getFileName();
            return threads.filter(thread -> !thread.endsWith(self))
                    .mapToLong(CpuTime::nanos)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("could not list the threads of this process", e);
        }
    }

    private static long nanos(Path thread) {
        try {
            List<String> lines = Files.readAllLines(thread.resolve("schedstat"));
            return Long.parseLong(lines.get(0).split(" ")[0]);
        } catch (IOException e) {
            return 0; // it has ended since it was listed
        }
    }
}
