package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.spi.LocalTransport;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads through a session, and opens another, after a pause that doubles up to a minute, where a device is lost or a call does
 * not return.
 */
final class NvmlTransport implements LocalTransport {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration OPENING = Duration.ofSeconds(10);

    /** A thread that hangs in a driver cannot be ended; so many are given up before no more are started. */
    private static final int MOST_STUCK = 3;

    private final Supplier<Session> sessions;
    private final LongSupplier nanoTime;
    private final List<Session> givenUp = new ArrayList<>();
    private @Nullable Session session;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Throwable failure;
    private long openedNanos;
    private long reopenNanos;
    private boolean stale;
    private boolean closed;

    /** Waits until the first session is open; throws what opening threw. */
    NvmlTransport(Supplier<Session> sessions, LongSupplier nanoTime) {
        this.sessions = sessions;
        this.nanoTime = nanoTime;
        Session first = sessions.get();
        try {
            first.awaitOpen(OPENING);
        } catch (TimeoutException e) {
            first.close();
            throw hangs("opening NVML has not returned within " + OPENING.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            first.close();
            throw interrupted(e);
        } catch (RuntimeException | Error e) {
            first.close();
            throw e;
        }
        session = first;
    }

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        try {
            ExpositionWriter text = new ExpositionWriter();
            Session open = current();
            outcome(open, read(open, text, request.timeout()));
            return CompletableFuture.completedFuture(text.send(request, sink));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean read(Session open, ExpositionWriter text, Duration timeout) {
        try {
            return open.read(text, timeout);
        } catch (TimeoutException e) {
            if (mayStillOpen(open)) {
                throw hangs("opening it anew takes longer than " + timeout.toMillis() + " ms, and goes on", e);
            }
            CollectException hangs = hangs("a read has not returned within " + timeout.toMillis() + " ms", e);
            giveUp(open, hangs);
            throw hangs;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (RuntimeException | Error e) {
            giveUp(open, e);
            throw e;
        }
    }

    /** The session to read with, opened anew where the last one is of no more use and the pause is over. */
    private synchronized Session current() {
        if (closed) {
            throw failure(FailureKind.CANCELLED, "the reader of NVML is closed", "Open another.", null);
        }
        boolean due = nanoTime.getAsLong() - reopenNanos >= 0;
        if (session != null && stale && due) {
            setAside(session);
        }
        givenUp.removeIf(Session::isOver);
        if (session != null) {
            return session;
        }
        if (givenUp.size() >= MOST_STUCK) {
            throw hangs(
                    givenUp.size() + " calls into the driver have not returned; no more are made until one does",
                    failure);
        }
        if (failure != null && !due) {
            throw again(failure);
        }
        Session opened = sessions.get();
        openedNanos = nanoTime.getAsLong();
        session = opened;
        failure = null;
        stale = false;
        return opened;
    }

    /** What went wrong last, until it is tried again. */
    private CollectException again(Throwable last) {
        long seconds = Duration.ofNanos(reopenNanos - nanoTime.getAsLong())
                .plusNanos(999_999_999)
                .toSeconds();
        String when = "; it is tried again in " + seconds + " s";
        return last instanceof CollectException known
                ? failure(known.kind(), known.getMessage() + when, known.hint(), last)
                : failure(FailureKind.CONNECT, "NVML cannot be read: " + last + when, "Look at the cause.", last);
    }

    /** Opening is given as long as it is the first time, whatever a read is given. */
    private synchronized boolean mayStillOpen(Session open) {
        return open.isOpening() && nanoTime.getAsLong() - openedNanos < OPENING.toNanos();
    }

    private synchronized void outcome(Session open, boolean healthy) {
        if (open != session) {
            return;
        }
        if (healthy) {
            pause = FIRST_PAUSE;
            stale = false;
        } else if (!stale) {
            stale = true;
            scheduleReopen();
        }
    }

    private synchronized void giveUp(Session failed, Throwable why) {
        if (failed == session) {
            setAside(failed);
            failure = why;
            scheduleReopen();
        }
    }

    private void setAside(Session old) {
        old.close();
        givenUp.add(old);
        session = null;
        stale = false;
    }

    private void scheduleReopen() {
        reopenNanos = nanoTime.getAsLong() + pause.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
        closed = true;
    }

    private static CollectException hangs(String what, @Nullable Throwable cause) {
        return failure(
                FailureKind.TIMEOUT,
                "NVML does not answer: " + what,
                "Look at nvidia-smi and the kernel's log (dmesg | grep -i xid); a GPU that hangs needs a reset.",
                cause);
    }

    private static CollectException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return failure(FailureKind.CANCELLED, "the read of NVML was interrupted", "Read again.", cause);
    }

    private static CollectException failure(FailureKind kind, String what, String hint, @Nullable Throwable cause) {
        return new CollectException(kind, what, hint, cause);
    }
}
