package io.inferencemetrics.testkit.internal;

import java.time.Duration;

/** When requests are answered: at once, late, in drops, or not at all; a change takes effect on those that wait, too. */
public final class Conduct {
    private static final int MAX_WAITING = 256;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Duration delay = Duration.ZERO;
    private Duration bodyTime = Duration.ZERO;
    private boolean hung;
    private long changes;
    private long dropped;
    private int waiting;

    /** From now on every answer begins so much later. */
    public synchronized void delay(Duration value) {
        delay = notNegative(value);
        changed();
    }

    /** From now on every body takes so long from its first byte to its last. */
    public synchronized void bodyTime(Duration value) {
        bodyTime = notNegative(value);
        changed();
    }

    /** From now on nothing is answered. */
    public synchronized void hang() {
        hung = true;
        changed();
    }

    /** Answers all that was kept waiting, and from now on. */
    public synchronized void resume() {
        hung = false;
        delay = Duration.ZERO;
        bodyTime = Duration.ZERO;
        changed();
    }

    /** Whoever has come gets no answer. */
    public synchronized void drop() {
        dropped++;
        changed();
    }

    /** Grows with every drop. */
    synchronized long dropped() {
        return dropped;
    }

    /** Grows whenever anything about the conduct changes. */
    synchronized long changes() {
        return changes;
    }

    /** Whether a body takes its time. */
    synchronized boolean drips() {
        return !bodyTime.isZero();
    }

    /** Waits for one of so many equal parts of a body's time, and says whether there was anything to wait for. */
    synchronized boolean awaitDrop(int parts) throws InterruptedException {
        pause(bodyTime.dividedBy(parts));
        return !bodyTime.isZero();
    }

    /**
     * Returns when it is time to answer.
     *
     * @param before how many drops there had been when the request came
     * @return whether to answer at all; not when too many wait already, or there was a drop
     */
    synchronized boolean awaitTurn(long before) throws InterruptedException {
        if (waiting >= MAX_WAITING) {
            return false;
        }
        waiting++;
        try {
            while (hung && dropped == before) {
                wait();
            }
            if (dropped == before) {
                pause(delay);
            }
            return dropped == before;
        } finally {
            waiting--;
        }
    }

    /** Waits so long, or until anything about the conduct changes. */
    private void pause(Duration duration) throws InterruptedException {
        long before = changes;
        long end = System.nanoTime() + duration.toNanos();
        long left = duration.toNanos();
        while (left > 0 && changes == before) {
            wait(left / NANOS_PER_MILLI + 1);
            left = end - System.nanoTime();
        }
    }

    private static Duration notNegative(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("a duration of zero or more was expected, not " + value);
        }
        return value;
    }

    private void changed() {
        changes++;
        notifyAll();
    }
}
