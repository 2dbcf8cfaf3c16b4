package io.inferencemetrics;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.concurrent.CompletableFuture;

/**
 * Reads one target again and again, keeping between reads what it learned about it.
 *
 * <p>Safe for use by several threads. After {@link #close()} every call is an {@link IllegalStateException}.
 */
public interface Collector extends AutoCloseable {

    /** The address that is read, without secrets. */
    String target();

    /**
     * Reads the target now, blocking until the whole body is there or the deadline has passed.
     *
     * @throws CollectException when there is no snapshot, with the kind of failure and a hint
     */
    MetricsSnapshot collect();

    /** Reads the target now; what went wrong is part of the result instead of thrown. */
    CollectResult tryCollect();

    /**
     * Reads the target without blocking a thread.
     *
     * @return fails with {@link CollectException}; cancelling it cancels the request
     */
    CompletableFuture<MetricsSnapshot> collectAsync();

    /** Ends reads under way and lets go of all state. Closing twice does nothing. */
    @Override
    void close();
}
