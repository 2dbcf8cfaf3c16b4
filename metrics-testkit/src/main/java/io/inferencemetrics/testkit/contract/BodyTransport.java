package io.inferencemetrics.testkit.contract;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A transport that answers every fetch with the same body, without a network.
 *
 * @param body not copied
 * @param contentType of the body
 */
public record BodyTransport(byte[] body, String contentType) implements Transport {
    private static final int CHUNK = 4_096;

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        long start = System.nanoTime();
        sink.begin(new ResponseHead(Optional.of(contentType)));
        for (int from = 0; from < body.length; from += CHUNK) {
            sink.chunk(ByteBuffer.wrap(body, from, Math.min(CHUNK, body.length - from)));
        }
        long end = System.nanoTime();
        return CompletableFuture.completedFuture(
                new FetchSummary(Instant.now(), end, start, start, end, body.length, Optional.of(contentType)));
    }
}
