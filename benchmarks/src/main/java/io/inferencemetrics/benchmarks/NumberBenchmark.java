package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.internal.NumberParser;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to turn the digits of one value into the nearest double?
 *
 * <p>{@code scan} is the way of usual values, {@code parse} that of all others, and {@code parseDouble} what the JDK has.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NumberBenchmark {
    private static final int VALUES = 1_000;

    /** How a server writes its values. */
    @Param({"PYTHON_COUNT", "PYTHON_SUM", "COUNT", "LARGE", "SECONDS"})
    public String numbers = "";

    private final NumberParser parser = new NumberParser();
    private final int[] starts = new int[VALUES];
    private final int[] ends = new int[VALUES];
    private byte[] text = {};

    /** Writes the values, and checks that all ways read the same. */
    @Setup
    public final void prepare() {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < VALUES; i++) {
            starts[i] = lines.length();
            lines.append(Numbers.valueOf(numbers).first(random));
            ends[i] = lines.length();
            lines.append('\n');
        }
        text = lines.append("room for words").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (scan() != parseDouble() || parse() != parseDouble()) {
            throw new IllegalStateException("a value was not read as the JDK reads it");
        }
    }

    /** The sum of all. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public final double scan() {
        double sum = 0;
        for (int i = 0; i < VALUES; i++) {
            if (parser.scanPlainValue(text, starts[i], text.length) < 0) {
                parser.parseValue(text, starts[i], ends[i], false);
            }
            sum += parser.value();
        }
        return sum;
    }

    /** The sum of all. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public final double parse() {
        double sum = 0;
        for (int i = 0; i < VALUES; i++) {
            parser.parseValue(text, starts[i], ends[i], false);
            sum += parser.value();
        }
        return sum;
    }

    /** The sum of all. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public final double parseDouble() {
        double sum = 0;
        for (int i = 0; i < VALUES; i++) {
            sum += Double.parseDouble(new String(text, starts[i], ends[i] - starts[i], StandardCharsets.ISO_8859_1));
        }
        return sum;
    }
}
