package io.inferencemetrics.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the JMH benchmarks, always with what they allocate: {@code quick|standard|full [REGEXP [INPUT...]]}.
 *
 * <p>Quick shows that all runs, standard is for a look while working, full is what may be cited.
 */
public final class Benchmarks {
    private enum Preset {
        QUICK(1, 2, 2, 200),
        STANDARD(1, 3, 5, 1_000),
        FULL(3, 5, 10, 1_000);

        private final int forks;
        private final int warmUps;
        private final int measurements;
        private final int millis;

        Preset(int forks, int warmUps, int measurements, int millis) {
            this.forks = forks;
            this.warmUps = warmUps;
            this.measurements = measurements;
            this.millis = millis;
        }
    }

    private Benchmarks() {}

    /** Takes the preset, a regular expression of benchmarks to run, and their inputs; all unless given. */
    public static void main(String[] args) throws RunnerException {
        Preset preset = Preset.valueOf((args.length > 0 ? args[0] : "standard").toUpperCase(Locale.ROOT));
        TimeValue time = TimeValue.milliseconds(preset.millis);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(args.length > 1 ? args[1] : ".*")
                .param("input", inputs(args))
                .addProfiler(GCProfiler.class)
                .forks(preset.forks)
                .warmupIterations(preset.warmUps)
                .warmupTime(time)
                .measurementIterations(preset.measurements)
                .measurementTime(time)
                .shouldFailOnError(true);
        new Runner(options.build()).run();
    }

    private static String[] inputs(String[] args) {
        return args.length > 2
                ? Arrays.copyOfRange(args, 2, args.length)
                : Input.names().toArray(String[]::new);
    }
}
