package io.inferencemetrics.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the benchmarks of one input share: its scrapes come in turn, and what is timed was checked before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public abstract class InputBenchmark {
    /** The input; {@code file} is that which the property {@code body} names. */
    @Param({"vllm", "vllm-1", "node", "cadvisor", "labelless", "tgi", "sglang"})
    public String input = "";

    private final Tally tally = new Tally();
    private List<byte[]> many = List.of();
    private List<byte[]> few = List.of();
    private int next;

    /** Makes the input, and checks all that will be timed. */
    @Setup
    public final void prepare() {
        Input made = Input.named(input);
        many = made.many();
        few = made.few();
        prepare(made);
    }

    abstract void prepare(Input made);

    /** Reads the next of the scrapes in which 2 in 3 values change; the result is what was reached so far. */
    final Object readMany(Reader reader) {
        return read(reader, many);
    }

    /** Reads the next of the scrapes in which 1 in 6 values changes. */
    final Object readFew(Reader reader) {
        return read(reader, few);
    }

    private Object read(Reader reader, List<byte[]> scrapes) {
        next = next + 1 < scrapes.size() ? next + 1 : 0;
        reader.read(scrapes.get(next), tally);
        return tally;
    }
}
