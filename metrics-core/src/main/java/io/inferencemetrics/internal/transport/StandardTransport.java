package io.inferencemetrics.internal.transport;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Transport;
import java.util.concurrent.CompletableFuture;

/** Chooses the way by the kind of address. */
public final class StandardTransport implements Transport {
    private final HttpTransport http = new HttpTransport();
    private final UnixSocketTransport unixSocket = new UnixSocketTransport();
    private final FileTransport file = new FileTransport();

    /** Creates a transport; nothing is opened before the first fetch. */
    public StandardTransport() {}

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        return switch (request.target().kind()) {
            case HTTP -> http.fetch(request, sink);
            case UNIX_SOCKET -> unixSocket.fetch(request, sink);
            case FILE -> file.fetch(request, sink);
            case LOCAL -> CompletableFuture.failedFuture(noAddress(request));
        };
    }

    private static CollectException noAddress(FetchRequest request) {
        return new CollectException(
                FailureKind.CONNECT,
                "an address was expected, and " + request.target() + " is this machine itself",
                "Open it with the collector that reads this machine.",
                null);
    }
}
