package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.ExpositionCursor;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * What does the next body of the same target cost, of whose values some have changed?
 *
 * <p>Who keeps values by the ordinal of their series reaches what is not as it was; {@code AllSamples} reaches the ordinal,
 * whether it changed, and the value of every sample; {@code AllLabels} reaches name and labels of every sample again, as
 * who remembers nothing must.
 */
public class RescrapeBenchmark extends InputBenchmark {
    private Reader many = Reader.NONE;
    private Reader few = Reader.NONE;
    private Reader allSamples = Reader.NONE;
    private Reader allLabels = Reader.NONE;

    @Override
    final void prepare(Input made) {
        many = Readers.byChange(made.strict());
        few = Readers.byChange(made.strict());
        allSamples = Readers.byOrdinal(made.strict());
        allLabels = Readers.everything(ExpositionCursor.remembering(made.strict()));
        Check.byChange(made, made.many(), 2.0 / 3);
        Check.byChange(made, made.few(), 1.0 / 6);
        Check.byOrdinal(made);
        Check.everything(made, allLabels);
    }

    /** 2 in 3 values differ. */
    @Benchmark
    public final Object manyChanged() {
        return readMany(many);
    }

    /** 1 in 6 values differs. */
    @Benchmark
    public final Object fewChanged() {
        return readFew(few);
    }

    /** 2 in 3 values differ. */
    @Benchmark
    public final Object manyChangedAllSamples() {
        return readMany(allSamples);
    }

    /** 2 in 3 values differ. */
    @Benchmark
    public final Object manyChangedAllLabels() {
        return readMany(allLabels);
    }
}
