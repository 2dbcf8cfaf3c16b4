package io.inferencemetrics.transport;

import io.inferencemetrics.failure.CollectException;
import java.util.concurrent.CompletableFuture;

/** Fetches a body and pushes it into a sink; never holds the whole of it. Safe for use by several threads. */
public interface Transport {

    /**
     * Starts a fetch.
     *
     * @return done when the last byte is in the sink. Fails with {@link CollectException}; cancelling it cancels the
     *     request. Once it is done the sink is not called again
     */
    CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink);
}
