package io.inferencemetrics.cli;

import java.time.Duration;

/** Lets a loop go round at even times, and for so long. Reads that take longer than the time between them are not made up for. */
final class Pace {
    private final long every;
    private final long end;
    private final long start = System.nanoTime();
    private long due;

    Pace(Duration every, Duration length) {
        this.every = every.toNanos();
        this.end = length.toNanos();
    }

    /** Waits until the next round is due; false when the time is up, or the thread was interrupted. */
    boolean next() {
        if (due > end || Thread.currentThread().isInterrupted()) {
            return false;
        }
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, due - elapsed())).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        due = Math.max(due, elapsed() - every) + every;
        return true;
    }

    private long elapsed() {
        return System.nanoTime() - start;
    }
}
