package io.inferencemetrics.transport;

import io.inferencemetrics.failure.CollectException;
import java.util.concurrent.CompletableFuture;

/** Fetches a body and pushes it into a sink; never holds the whole of it. Safe for use by several threads. */
public interface Transport {

    /**
     * Starts a fetch.
     *
     * @return done when the last byte is in the sink. Fails with {@link CollectException}, or with what the sink threw;
     *     cancelling it closes the connection. Once it is done, or its {@code cancel} has returned, no call of the sink
     *     is under way and none follows
     */
    CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink);
}
