package io.inferencemetrics.doctor;

import static io.inferencemetrics.doctor.ConnectionRules.when;

import io.inferencemetrics.Detection;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Series;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an engine that can be read is doing, by its gauges and by how its counters moved between two reads. */
final class ActivityRules {
    private static final String AWAKE = "awake";
    private static final double KV_FULL = 0.95;
    private static final int LONG_QUEUE = 8;

    private ActivityRules() {}

    static Optional<Finding> unsteady(Examination e) {
        return e.secondExchange()
                .filter(exchange -> !exchange.succeeded())
                .map(exchange -> new Finding(
                        Cause.UNSTEADY,
                        e.target() + " was read once, but not a second time " + Words.time(e.interval()) + " later, "
                                + exchange.failure()
                                        .map(CollectException::getMessage)
                                        .orElse("when it answered " + exchange.status()),
                        "look whether it restarts, or whether several servers of which one is ill share the address"));
    }

    static Optional<Finding> asleep(Examination e) {
        List<String> states = e.snapshot().stream()
                .flatMap(s -> s.series(LlmMetrics.SLEEP_STATE).stream())
                .map(Series::value)
                .filter(state -> !state.equals(AWAKE))
                .toList();
        return when(
                !states.isEmpty(),
                Cause.ASLEEP,
                who(e) + " was put to sleep (" + Words.some(states) + ") and answers no request",
                "wake it with POST /wake_up");
    }

    static Optional<Finding> stuck(Examination e) {
        boolean waiting = inBoth(e, s -> s.value(LlmMetrics.REQUESTS_WAITING) > 0);
        boolean idle = inBoth(e, s -> s.value(LlmMetrics.REQUESTS_RUNNING) == 0);
        return when(
                waiting && idle && movement(e) == Movement.NONE,
                Cause.STUCK,
                who(e) + " has requests waiting, but none runs and no counter moved within " + Words.time(e.interval()),
                "look at the engine's log, and restart it where this stays so");
    }

    static Optional<Finding> saturated(Examination e) {
        MetricsSnapshot now = e.second().or(e::snapshot).orElseThrow();
        boolean before = e.snapshot().filter(ActivityRules::isSaturated).isPresent();
        double kvUsage = now.value(LlmMetrics.KV_USAGE);
        return when(
                before && isSaturated(now),
                Cause.SATURATED,
                who(e) + " is saturated: " + Words.count((long) waiting(now), "request") + " wait while "
                        + (long) now.value(LlmMetrics.REQUESTS_RUNNING) + " run"
                        + (Double.isNaN(kvUsage)
                                ? ""
                                : ", and its KV cache is " + Math.round(kvUsage * 100) + " % full"),
                "send it less, add another server, or give it more KV cache where that is full");
    }

    /** A short queue comes and goes; one as long as what runs makes every request wait for another to end. */
    private static boolean isSaturated(MetricsSnapshot snapshot) {
        double waiting = waiting(snapshot);
        double running = snapshot.value(LlmMetrics.REQUESTS_RUNNING);
        boolean full = snapshot.value(LlmMetrics.KV_USAGE) >= KV_FULL;
        return running > 0 && waiting > 0 && (full || waiting >= Math.max(running, LONG_QUEUE));
    }

    static Optional<Finding> countersFell(Examination e) {
        return when(
                movement(e) == Movement.DOWN,
                Cause.COUNTERS_FELL,
                "counters of " + who(e) + " fell within " + Words.time(e.interval()),
                "give each server's own address if a load balancer answers here for several, else it has just restarted");
    }

    static Optional<Finding> neverUsed(Examination e) {
        return when(
                e.snapshot().filter(ActivityRules::isUnused).isPresent() && movement(e) != Movement.UP,
                Cause.NEVER_USED,
                who(e) + " can be read, but has had no request yet, so that counters are 0 and some metrics not there",
                "send it a request");
    }

    static Optional<Finding> idle(Examination e) {
        boolean empty = inBoth(e, s -> s.value(LlmMetrics.REQUESTS_RUNNING) == 0 && waiting(s) == 0);
        return when(
                empty
                        && movement(e) == Movement.NONE
                        && e.snapshot().filter(s -> !isUnused(s)).isPresent(),
                Cause.IDLE,
                who(e) + " can be read and is idle: no request is there and no counter moved within "
                        + Words.time(e.interval()),
                "");
    }

    /** Engines that count when a request ends stand still for as long as requests take. */
    static Optional<Finding> countersStill(Examination e) {
        return when(
                inBoth(e, s -> s.value(LlmMetrics.REQUESTS_RUNNING) > 0) && movement(e) == Movement.NONE,
                Cause.COUNTERS_STILL,
                who(e) + " has requests running, but no counter moved within " + Words.time(e.interval()),
                "examine it with a longer interval, since SGLang and llama.cpp count when a request ends, and if it"
                        + " stays so look at the engine's log");
    }

    /** What is said where no remark is. */
    static Finding healthy(Examination e) {
        MetricsSnapshot snapshot = e.snapshot().orElseThrow();
        Coverage coverage = snapshot.coverage();
        String moved = movement(e) == Movement.UP ? ", and its counters move" : "";
        return new Finding(
                Cause.HEALTHY,
                who(e) + " is well: " + coverage.found().size() + " families with "
                        + Words.count(coverage.samples(), "sample") + " in "
                        + Words.time(quickest(e)) + moved,
                "");
    }

    /** The first read of a program pays for much that is not the server's. */
    private static Duration quickest(Examination e) {
        return Stream.of(e.snapshot(), e.second())
                .flatMap(Optional::stream)
                .map(snapshot -> snapshot.info().duration())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private enum Movement {
        /** Not known: there was no second read. */
        UNKNOWN,
        /** No counter changed. */
        NONE,
        /** At least one rose, none fell. */
        UP,
        /** At least one fell. */
        DOWN
    }

    private static Movement movement(Examination e) {
        if (e.snapshot().isEmpty() || e.second().isEmpty()) {
            return Movement.UNKNOWN;
        }
        Movement movement = Movement.NONE;
        for (CounterMetric counter : counters()) {
            double before = e.snapshot().get().value(counter);
            double after = e.second().get().value(counter);
            if (after < before) {
                return Movement.DOWN;
            }
            movement = after > before ? Movement.UP : movement;
        }
        return movement;
    }

    /** Whether all counters that are there are 0, or none is there because they wait for their first event. */
    private static boolean isUnused(MetricsSnapshot snapshot) {
        List<Double> values = counters().stream()
                .map(snapshot::value)
                .filter(value -> !value.isNaN())
                .toList();
        boolean waits = snapshot.coverage().absent().stream()
                .anyMatch(missing ->
                        missing.metric() instanceof CounterMetric && missing.reason() == Absence.NOTHING_YET);
        return values.isEmpty() ? waits : values.stream().allMatch(value -> value == 0);
    }

    private static List<CounterMetric> counters() {
        return LlmMetrics.all().stream()
                .filter((Metric<?> metric) -> metric instanceof CounterMetric)
                .map(CounterMetric.class::cast)
                .toList();
    }

    private static boolean inBoth(Examination e, Predicate<MetricsSnapshot> test) {
        return e.snapshot().filter(test).isPresent() && e.second().filter(test).isPresent();
    }

    private static double waiting(MetricsSnapshot snapshot) {
        double waiting = snapshot.value(LlmMetrics.REQUESTS_WAITING);
        return Double.isNaN(waiting) ? 0 : waiting;
    }

    private static String who(Examination e) {
        String version =
                e.detection().map(Detection::version).map(Words::version).orElse("");
        return e.title() + version + " at " + e.target();
    }
}
