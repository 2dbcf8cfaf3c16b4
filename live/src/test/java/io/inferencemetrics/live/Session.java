package io.inferencemetrics.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A time of load, seen from both sides.
 *
 * @param before at rest, before the first request
 * @param during read while the clients were at work
 * @param after at rest again, with all counted
 * @param clients what the clients did and got
 * @param firstTokens how long the clients waited for the first event of an answer
 * @param wholes how long for all of it
 * @param failures of the clients, in words
 */
record Session(
        MetricsSnapshot before,
        List<Sample> during,
        MetricsSnapshot after,
        Load.Counts clients,
        Load.Times firstTokens,
        Load.Times wholes,
        List<String> failures) {

    /**
     * @param snapshot read under load
     * @param peakInFlight the most requests that clients had in flight between the read before and the end of this one,
     *     for a gauge may be as old as the engine's last step
     */
    record Sample(MetricsSnapshot snapshot, long peakInFlight) {}

    private static final Duration BETWEEN_READS = Duration.ofMillis(250);
    private static final Duration PROMPT = Duration.ofMillis(100);
    private static final int ENOUGH_READS = 8;

    /** Lets clients work until so many of their requests have ended; at most three minutes. */
    static Session of(LiveServer server, int clients, double hangUpShare, int requests) throws InterruptedException {
        MetricsSnapshot before = server.settled();
        List<Sample> during = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        Load load = server.load(clients, hangUpShare);
        while (ended(load.counts()) < requests && load.counts().failed() == 0 && System.nanoTime() < deadline) {
            Thread.sleep(BETWEEN_READS.toMillis());
            MetricsSnapshot snapshot = server.read();
            during.add(new Sample(snapshot, load.takePeakInFlight()));
        }
        Load.Counts counts = load.stop();
        return new Session(
                before, during, server.settled(), counts, load.firstTokens(), load.wholes(), load.failures());
    }

    private static long ended(Load.Counts counts) {
        return counts.started() - counts.inFlight();
    }

    /** What was read under load, from the first read on that has the gauges of requests. */
    List<Sample> busy() {
        return during.stream()
                .dropWhile(sample -> LiveServer.nothingYet(sample.snapshot()))
                .toList();
    }

    /**
     * What was read under load without having to wait. A server whose processor is taken by others answers when its engine
     * has caught up with everything, and then says truthfully that nothing runs.
     */
    List<Sample> prompt() {
        List<Sample> prompt = busy().stream()
                .filter(sample -> sample.snapshot().info().duration().compareTo(PROMPT) < 0)
                .toList();
        assumeTrue(prompt.size() >= ENOUGH_READS, "too busy a machine: only " + prompt.size() + " prompt reads");
        return prompt;
    }

    /** All that was read, in order. */
    List<MetricsSnapshot> snapshots() {
        List<MetricsSnapshot> all = new ArrayList<>();
        all.add(before);
        during.forEach(sample -> all.add(sample.snapshot()));
        all.add(after);
        return all;
    }

    /** All that was read, as a window. */
    Window window() {
        return Window.over(snapshots());
    }

    /** By how much a counter rose; one that was not there before its first event began at zero. */
    double rise(NumericMetric metric) {
        return after.value(metric) - before.reading(metric).optional().orElse(0.0);
    }

    /** How many observations a histogram gained. */
    long observations(HistogramMetric metric) {
        return after.histogram(metric).map(HistogramValue::count).orElse(0L)
                - before.histogram(metric).map(HistogramValue::count).orElse(0L);
    }

    /** By how much the sum of a histogram rose. */
    double sum(HistogramMetric metric) {
        return after.histogram(metric).map(HistogramValue::sum).orElse(0.0)
                - before.histogram(metric).map(HistogramValue::sum).orElse(0.0);
    }
}
