package io.inferencemetrics.window;

import io.inferencemetrics.internal.decode.FrameRing;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one server said lately, in memory that does not grow with time.
 *
 * <pre>{@code
 * History history = History.of(Duration.ofMinutes(1), 60);
 * history.add(collector.collect());                       // once a second
 * history.last(Duration.ofSeconds(10)).map(w -> w.rate(LlmMetrics.GENERATED_TOKENS));
 * }</pre>
 *
 * <p>Only numbers are kept, 8 bytes for each series and snapshot, and 72 bytes for the snapshot; see {@link #bytes()}.
 * What is kept of bodies and skipped lines goes with the snapshot itself.
 *
 * <p>Safe for use by several threads. Reading takes no lock and never keeps {@link #add} waiting.
 */
public final class History {
    private final FrameRing ring;
    private final Duration span;
    private volatile @Nullable MetricsSnapshot newest;

    private History(Duration span, int snapshots) {
        this.span = span;
        this.ring = new FrameRing(snapshots);
    }

    /**
     * A history without snapshots.
     *
     * @param span how far it goes back from its newest snapshot at most
     * @param snapshots how many it keeps at most, the newest
     * @throws IllegalArgumentException when the span is not above 0, or there is no room for two snapshots
     */
    public static History of(Duration span, int snapshots) {
        if (span.isNegative() || span.isZero() || snapshots < 2) {
            throw new IllegalArgumentException(
                    "a span above 0 and 2 or more snapshots were expected, not " + span + " and " + snapshots);
        }
        return new History(span, snapshots);
    }

    /**
     * Adds a snapshot, and forgets the oldest one if there is no room left.
     *
     * @throws IllegalArgumentException when it is of another server than those before, older than they, or not made by a
     *     collector
     */
    public synchronized void add(MetricsSnapshot snapshot) {
        MetricsSnapshot before = newest;
        if (before != null) {
            checkFollows(before, snapshot);
        }
        ring.add(snapshot);
        newest = snapshot;
    }

    private static void checkFollows(MetricsSnapshot before, MetricsSnapshot snapshot) {
        String server = before.info().instanceId();
        if (!snapshot.info().instanceId().equals(server)) {
            throw new IllegalArgumentException("a snapshot of " + server + " was expected, not of "
                    + snapshot.info().instanceId() + "; each server needs a history of its own");
        }
        if (snapshot.info().measuredNanos() < before.info().measuredNanos()) {
            throw new IllegalArgumentException("the snapshot of " + server + " is older than one that is already there;"
                    + " add them in the order in which they were made");
        }
    }

    /** The snapshot that was added last; empty before the first. */
    public Optional<MetricsSnapshot> newest() {
        return Optional.ofNullable(newest);
    }

    /**
     * What happened lately: a window that ends with the newest snapshot and starts with the one that is closest to so long
     * before, as far as the history goes back. How long it is, the window says.
     *
     * @return empty before the second snapshot
     */
    public Optional<Window> last(Duration length) {
        Duration wanted = length.compareTo(span) < 0 ? length : span;
        List<MetricsSnapshot> snapshots = ring.back(wanted.toNanos());
        List<MetricsSnapshot> closest = isFartherThanTheNext(snapshots, wanted) || isTooOld(snapshots)
                ? snapshots.subList(1, snapshots.size())
                : snapshots;
        return closest.size() < 2 ? Optional.empty() : Optional.of(Window.over(closest));
    }

    /** All that the history still has, as a window; empty before the second snapshot. */
    public Optional<Window> whole() {
        return last(span);
    }

    private static boolean isFartherThanTheNext(List<MetricsSnapshot> snapshots, Duration wanted) {
        return snapshots.size() > 2
                && age(snapshots, 0)
                                .minus(wanted)
                                .abs()
                                .compareTo(age(snapshots, 1).minus(wanted).abs())
                        > 0;
    }

    private boolean isTooOld(List<MetricsSnapshot> snapshots) {
        return !snapshots.isEmpty() && age(snapshots, 0).compareTo(span) > 0;
    }

    private static Duration age(List<MetricsSnapshot> snapshots, int place) {
        long newest = snapshots.get(snapshots.size() - 1).info().measuredNanos();
        return Duration.ofNanos(newest - snapshots.get(place).info().measuredNanos());
    }

    /** The memory that the numbers take; 0 before the first snapshot. */
    public long bytes() {
        return ring.bytes();
    }
}
