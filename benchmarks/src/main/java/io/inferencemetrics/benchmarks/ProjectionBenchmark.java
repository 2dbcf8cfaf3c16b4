package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.ExpositionCursor;
import org.openjdk.jmh.annotations.Benchmark;

/** What does a body cost of which only five families are wanted: seen for the first time, and again? */
public class ProjectionBenchmark extends InputBenchmark {
    private Reader cold = Reader.NONE;
    private Reader rescrape = Reader.NONE;

    @Override
    final void prepare(Input made) {
        cold = Readers.everything(new ExpositionCursor(made.projected()));
        rescrape = Readers.byChange(made.projected());
        Check.wanted(made, cold);
        Check.wanted(made, Readers.everything(ExpositionCursor.remembering(made.projected())));
    }

    /** Name, labels and value of each wanted sample. */
    @Benchmark
    public final Object cold() {
        return readMany(cold);
    }

    /** Each wanted sample that is not as it was; 1 in 6 values differs. */
    @Benchmark
    public final Object fewChanged() {
        return readFew(rescrape);
    }
}
