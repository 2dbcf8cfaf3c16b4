package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.ExpositionCursor;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * What does a body cost that is seen for the first time?
 *
 * <p>{@code cursor} reaches the name, the labels and the value of every sample; {@code newlines} only finds the lines of
 * the same bytes, which no reader can avoid.
 */
public class ColdBenchmark extends InputBenchmark {
    private Reader cursor = Reader.NONE;

    @Override
    final void prepare(Input made) {
        cursor = Readers.everything(new ExpositionCursor(made.strict()));
        Check.everything(made, cursor);
        Check.newlines(made, made.many());
    }

    /** All samples. */
    @Benchmark
    public final Object cursor() {
        return readMany(cursor);
    }

    /** All lines. */
    @Benchmark
    public final Object newlines() {
        return readMany(Readers.NEWLINES);
    }
}
