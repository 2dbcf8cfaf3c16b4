package io.inferencemetrics.spi;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Transport;
import java.util.concurrent.CompletableFuture;

/**
 * Reads this machine, held open between reads, and closed together with the collector.
 *
 * <p>A fetch writes what the machine says as the text of an exposition; {@link ExpositionWriter} helps. Safe for use by
 * several threads.
 */
public interface LocalTransport extends Transport, AutoCloseable {

    /**
     * Reads the machine now. May block the caller, though never beyond the request's timeout: what can hang is waited for
     * on a thread of the transport's own. The request's address and headers say nothing here.
     */
    @Override
    CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink);

    /** Ends what is under way and lets go of libraries and threads; closing twice does nothing. Throws nothing. */
    @Override
    void close();
}
