package io.inferencemetrics.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.Detection;
import io.inferencemetrics.doctor.Diagnosis;
import io.inferencemetrics.doctor.Doctor;
import io.inferencemetrics.identity.Identities;
import io.inferencemetrics.identity.ServerIdentity;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A real server, which {@code live/ENGINE up} started and a system property names. */
final class LiveServer implements AutoCloseable {
    /** SGLang's scheduler may say for half a minute that it is busy, after it has gone idle. */
    private static final Duration UNTIL_SETTLED = Duration.ofSeconds(90);

    /** An answer waits for the event loop, which other work on the same processor holds up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);
    private static final List<CounterMetric> COUNTED = LlmMetrics.all().stream()
            .filter(CounterMetric.class::isInstance)
            .map(CounterMetric.class::cast)
            .toList();

    private final String engine;
    private final URI address;
    private final Collector collector;

    private LiveServer(String engine, URI address, Collector collector) {
        this.engine = engine;
        this.address = address;
        this.collector = collector;
    }

    /** The server at the address in the property {@code live.ENGINE}; the tests are skipped where there is none. */
    static LiveServer of(String engine) {
        String address = System.getProperty("live." + engine);
        assumeTrue(
                address != null,
                "no server: start one with live/" + engine + " up and give its address as -Dlive." + engine + "=");
        Collector collector =
                Collectors.forEngine(engine).timeout(PATIENCE).keepRawSamples().at(String.valueOf(address));
        return new LiveServer(engine, URI.create(String.valueOf(address)), collector);
    }

    Load load(int clients, double hangUpShare) {
        return Load.start(address, clients, hangUpShare);
    }

    Detection detect() {
        return Collectors.detect(address.toString());
    }

    /** What a person would be told who asks what is wrong with it. */
    Diagnosis examined() {
        return new Doctor().timeout(PATIENCE).examine(address.toString());
    }

    /** What the server's own endpoints say. */
    ServerIdentity identity() {
        return Identities.of(engine)
                .ask(FetchRequest.to(Target.parse(address.toString())).withTimeout(PATIENCE));
    }

    MetricsSnapshot read() {
        return collector.collect();
    }

    /** What the server says when it has nothing to do and has stopped counting. */
    MetricsSnapshot settled() throws InterruptedException {
        long deadline = System.nanoTime() + UNTIL_SETTLED.toNanos();
        MetricsSnapshot last = read();
        while (System.nanoTime() < deadline) {
            Thread.sleep(BETWEEN_READS.toMillis());
            MetricsSnapshot now = read();
            if (idle(now) && counters(now).equals(counters(last))) {
                return now;
            }
            last = now;
        }
        throw new AssertionError("the server did not come to rest within " + UNTIL_SETTLED + ": " + inFlight(last)
                + " requests run or wait, or counters still move: " + counters(last));
    }

    private static boolean idle(MetricsSnapshot snapshot) {
        return nothingYet(snapshot) || inFlight(snapshot) == 0;
    }

    /** Whether the gauges are still to come: with several API servers vLLM has none before the first request. */
    static boolean nothingYet(MetricsSnapshot snapshot) {
        return snapshot.reading(LlmMetrics.REQUESTS_RUNNING) instanceof Reading.Absent<?> absent
                && absent.reason() == Absence.NOTHING_YET;
    }

    /** What is said to run and to wait; NaN where the engine does not say. */
    static double inFlight(MetricsSnapshot snapshot) {
        return snapshot.value(LlmMetrics.REQUESTS_RUNNING) + snapshot.value(LlmMetrics.REQUESTS_WAITING);
    }

    private static List<Double> counters(MetricsSnapshot snapshot) {
        return COUNTED.stream().map(snapshot::value).toList();
    }

    @Override
    public void close() {
        collector.close();
    }
}
