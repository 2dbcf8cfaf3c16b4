package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One fetch under way, and its future: passes the body on until the fetch is over, and ends it exactly once.
 *
 * <p>The sink is called under a lock that the end takes too, so that no call outlives the fetch. Who starts a fetch or
 * gives up its connection never waits for the sink.
 */
final class Fetch extends CompletableFuture<FetchSummary> {
    private final FetchRequest request;
    private final BodyReceiver receiver;
    private final CompletableFuture<Void> deadline = new CompletableFuture<>();
    private final Object lock = new Object();
    private final AtomicReference<Runnable> stop = new AtomicReference<>(Mark.NOTHING_TO_STOP);

    private Fetch(FetchRequest request, BodySink sink) {
        this.request = request;
        this.receiver = new BodyReceiver(request, sink);
    }

    /** A fetch whose deadline runs from now on. */
    static Fetch start(FetchRequest request, BodySink sink) {
        Fetch fetch = new Fetch(request, sink);
        fetch.whenComplete((summary, failure) -> fetch.end(true));
        // not on the timer's thread, which all of the JVM shares: what hangs on this future may take its time
        fetch.deadline
                .orTimeout(request.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((nothing, late) -> {
                    if (late instanceof TimeoutException) {
                        CompletableFuture.runAsync(() -> fetch.fail(late));
                    }
                });
        return fetch;
    }

    FetchRequest request() {
        return request;
    }

    /** Sets, in place of the last, what gives up the connection when the fetch ends early; at once if it has. */
    void onStop(Runnable action) {
        Runnable before = stop.getAndUpdate(last -> last == Mark.OVER ? last : action);
        if (before == Mark.OVER) {
            action.run();
        }
    }

    /** Whether the sink wants the body of an answer, which is one that leads nowhere else. */
    boolean takes(Target from, ResponseHead head, int hops) {
        return receiver.takes(head.status()) && !Redirect.leadsOn(from, head.status(), head.location(), hops);
    }

    void begin(ResponseHead head, Optional<String> encoding) throws IOException {
        pass(() -> receiver.begin(head, encoding));
    }

    void receive(ByteBuffer chunk) throws IOException {
        pass(() -> receiver.receive(chunk));
    }

    private void pass(Step step) throws IOException {
        try {
            synchronized (lock) {
                if (stop.get() == Mark.OVER) {
                    throw new CancellationException("the fetch is over");
                }
                step.run();
            }
        } catch (RuntimeException | Error e) {
            // a limit, or what the sink threw: to be seen as it is
            failWith(e);
            throw e;
        }
    }

    /** The body is complete. */
    void succeed() {
        FetchSummary summary;
        try {
            synchronized (lock) {
                summary = receiver.complete();
            }
        } catch (IOException e) {
            fail(e);
            return;
        }
        if (end(false)) {
            complete(summary);
        }
    }

    /** The body does not come, or not whole. */
    void fail(Throwable cause) {
        failWith(Failures.of(request, cause));
    }

    private void failWith(Throwable failure) {
        if (end(true)) {
            completeExceptionally(failure);
        }
    }

    /** Whether this call ended the fetch; on return no call of the sink is under way, whoever ended it. */
    private boolean end(boolean early) {
        Runnable action = stop.getAndSet(Mark.OVER);
        if (early) {
            action.run();
        }
        deadline.cancel(false);
        synchronized (lock) {
            receiver.close();
        }
        return action != Mark.OVER;
    }

    /** Stands in place of what stops a fetch, before there is a connection and once it has ended. */
    private enum Mark implements Runnable {
        NOTHING_TO_STOP,
        OVER;

        @Override
        public void run() {
            // there is no connection to give up
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
