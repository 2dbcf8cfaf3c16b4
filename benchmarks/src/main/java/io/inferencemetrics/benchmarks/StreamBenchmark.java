package io.inferencemetrics.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/** What does a body cost that comes in chunks of 16 KB, cut anywhere? */
public class StreamBenchmark extends InputBenchmark {
    private Reader stream = Reader.NONE;

    @Override
    final void prepare(Input made) {
        stream = Readers.stream(made.strict());
        Check.everything(made, stream);
    }

    /** Name, labels and value of every sample. */
    @Benchmark
    public final Object chunks() {
        return readMany(stream);
    }
}
