package io.inferencemetrics.vllm;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.SimulatedRequest;
import io.inferencemetrics.testkit.contract.BodyTransport;
import io.inferencemetrics.window.Estimate;
import io.inferencemetrics.window.Quantile;
import io.inferencemetrics.window.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Requests with known times go through a simulated vLLM; what its histograms say of them beside the truth. */
final class QuantileErrors {
    static final List<Double> QUANTILES = List.of(0.5, 0.9, 0.99);
    private static final int RUNS = 20;
    private static final int REQUESTS = 300;

    /** A way in which times to the first token are spread, in seconds. */
    enum Shape {
        LOG_NORMAL("log-normal around 0.15 s", random -> Math.exp(Math.log(0.15) + 0.6 * random.nextGaussian())),
        WIDE_LOG_NORMAL("wide log-normal around 1 s", random -> Math.exp(random.nextGaussian())),
        BIMODAL(
                "70 % around 0.03 s, 30 % around 1.2 s",
                random -> random.nextDouble() < 0.7
                        ? 0.03 + 0.003 * random.nextGaussian()
                        : 1.2 + 0.1 * random.nextGaussian()),
        HEAVY_TAIL("heavy tail (Pareto 1.8 from 0.05 s)", random -> 0.05 / Math.pow(1 - random.nextDouble(), 1 / 1.8)),
        EXPONENTIAL("exponential of 0.3 s", random -> -0.3 * Math.log(1 - random.nextDouble())),
        ONE_BUCKET("all within 0.30 to 0.35 s, in one bucket", random -> 0.3 + 0.05 * random.nextDouble()),
        OVERFLOW(
                "log-normal, 3 % above the last bound",
                random -> random.nextDouble() < 0.03 ? 3_000 : Math.exp(Math.log(0.15) + 0.6 * random.nextGaussian()));

        final String words;
        private final ToDoubleFunction<Random> times;

        Shape(String words, ToDoubleFunction<Random> times) {
            this.words = words;
            this.times = times;
        }
    }

    /** One quantile of one run. */
    record Result(Shape shape, double q, double truth, Quantile linear, Quantile bySum) {
        double error(Estimate estimate) {
            double value = (estimate == Estimate.LINEAR ? linear : bySum).value();
            return Math.abs(value - truth) / truth;
        }
    }

    private QuantileErrors() {}

    static List<Result> results() {
        List<Result> results = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int run = 0; run < RUNS; run++) {
                results.addAll(run(shape, new Random(1_000L * shape.ordinal() + run)));
            }
        }
        return results;
    }

    private static List<Result> run(Shape shape, Random random) {
        long[] micros = random.longs(REQUESTS)
                .map(ignored -> Math.max(1_000, Math.round(1e6 * shape.times.applyAsDouble(random))))
                .toArray();
        Window window = window(micros);
        Arrays.sort(micros);
        return QUANTILES.stream()
                .map(q -> new Result(
                        shape,
                        q,
                        micros[(int) Math.ceil(q * micros.length - 1e-9) - 1] / 1e6,
                        window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, q, Estimate.LINEAR),
                        window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, q, Estimate.BY_SUM)))
                .toList();
    }

    private static Window window(long[] micros) {
        Instant[] now = {Instant.parse("2026-11-24T00:00:00Z")};
        InstantSource clock = () -> now[0];
        SimulatedEngine engine = SimulatedEngine.vllm().clock(clock).idle();
        MetricsSnapshot before = read(engine);
        engine.submit(Arrays.stream(micros)
                .mapToObj(time -> SimulatedRequest.of(10, 2)
                        .withTimes(
                                Duration.of(time, java.time.temporal.ChronoUnit.MICROS),
                                Duration.ZERO,
                                Duration.ofMillis(1)))
                .toArray(SimulatedRequest[]::new));
        now[0] = now[0].plus(Duration.ofDays(1));
        return Window.between(before, read(engine), Duration.ofDays(1));
    }

    private static MetricsSnapshot read(SimulatedEngine engine) {
        byte[] body = engine.metricsText().getBytes(StandardCharsets.UTF_8);
        return Collectors.forEngine("vllm")
                .transport(new BodyTransport(body, engine.contentType()))
                .collect("http://simulated:1");
    }

    /** The table of the report. */
    static String table(List<Result> results) {
        StringBuilder table =
                new StringBuilder("| times to the first token | p50 | p90 | p99 |\n| --- | --- | --- | --- |\n");
        for (Shape shape : Shape.values()) {
            table.append("| ").append(shape.words);
            for (double q : QUANTILES) {
                table.append(" | ")
                        .append(median(results, shape, q, Estimate.LINEAR))
                        .append(" → ")
                        .append(median(results, shape, q, Estimate.BY_SUM));
            }
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String median(List<Result> results, Shape shape, double q, Estimate estimate) {
        double[] errors = results.stream()
                .filter(result -> result.shape() == shape
                        && result.q() == q
                        && !result.linear().inOverflowBucket())
                .mapToDouble(result -> result.error(estimate))
                .sorted()
                .toArray();
        return errors.length < RUNS / 2
                ? "above the last bound"
                : String.format(Locale.ROOT, "%.1f %%", 100 * errors[errors.length / 2]);
    }
}
