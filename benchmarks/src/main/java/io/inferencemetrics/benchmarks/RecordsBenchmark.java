package io.inferencemetrics.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * What does the convenient form cost, in which families and samples are records, and what that of others in Java?
 *
 * <p>{@code hawkular} reads no family without a TYPE line, and so nothing in the body without labels.
 */
public class RecordsBenchmark extends InputBenchmark {
    private final Reader hawkular = new HawkularReader();
    private Reader records = Reader.NONE;

    @Override
    final void prepare(Input made) {
        records = Readers.objects(made.strict());
        Check.values(made, records);
        Check.hawkular(made, hawkular);
    }

    /** Ours. */
    @Benchmark
    public final Object records() {
        return readMany(records);
    }

    /** The prometheus-scraper of Hawkular. */
    @Benchmark
    public final Object hawkular() {
        return readMany(hawkular);
    }
}
