package io.inferencemetrics.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who one server is, and asks it only when the answer has become too old: ten minutes unless set.
 *
 * <p>An answer that may be another in a moment is asked for again after 30 seconds at the earliest: the server could not be
 * reached, did not answer in time, answered with an error, or said that it is not ready.
 *
 * <p>Holds no thread and no connection, so there is nothing to close. Safe for use by several threads: those that come while
 * the server is asked wait for that answer.
 */
public final class IdentityReader {
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final Duration UNSETTLED_AGE = Duration.ofSeconds(30);

    private final Supplier<ServerIdentity> server;
    private final Duration maxAge;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable ServerIdentity last;

    IdentityReader(Supplier<ServerIdentity> server) {
        this(server, MAX_AGE, System::nanoTime);
    }

    IdentityReader(Supplier<ServerIdentity> server, Duration maxAge, LongSupplier nanoTime) {
        this.server = server;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
    }

    /**
     * Another reader of the same server that takes answers up to this age.
     *
     * @throws IllegalArgumentException when the age is not positive
     */
    public IdentityReader maxAge(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("a positive age was expected, not " + age);
        }
        return new IdentityReader(server, age, nanoTime);
    }

    /**
     * Who the server is: the last answer, or a new one where there is none or it is too old.
     *
     * <p>Blocks while the server is asked, for as long as {@link Identities#ask} does.
     *
     * @throws io.inferencemetrics.failure.CollectException when the thread is interrupted, and for no other reason
     */
    public ServerIdentity identity() {
        asking.lock();
        try {
            @Nullable ServerIdentity known = last;
            return known != null && isFresh(known) ? known : askAgain();
        } finally {
            asking.unlock();
        }
    }

    /** Asks the server now, whatever is remembered. */
    public ServerIdentity askAgain() {
        asking.lock();
        try {
            ServerIdentity answer = server.get();
            last = answer;
            return answer;
        } finally {
            asking.unlock();
        }
    }

    /** The last answer, however old; never asks and never blocks. Empty before the first, and after {@link #restarted()}. */
    public Optional<ServerIdentity> last() {
        return Optional.ofNullable(last);
    }

    /** The server has restarted: what is remembered no longer holds. */
    public void restarted() {
        asking.lock();
        try {
            last = null;
        } finally {
            asking.unlock();
        }
    }

    private boolean isFresh(ServerIdentity known) {
        boolean soon = !known.isSettled() && maxAge.compareTo(UNSETTLED_AGE) > 0;
        Duration allowed = soon ? UNSETTLED_AGE : maxAge;
        return nanoTime.getAsLong() - known.askedNanos() < allowed.toNanos();
    }
}
