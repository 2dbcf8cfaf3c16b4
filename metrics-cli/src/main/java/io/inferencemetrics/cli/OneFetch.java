package io.inferencemetrics.cli;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server once and hands its answer out as often as it is asked for: to find out which engine it is and to read it
 * are one scrape, since a scrape costs the server too.
 */
final class OneFetch implements Transport {
    private final Transport transport;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable ResponseHead head;
    private @Nullable CompletableFuture<FetchSummary> answer;

    OneFetch(Transport transport) {
        this.transport = transport;
    }

    @Override
    public synchronized CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        if (answer == null) {
            answer = transport.fetch(request, new Keeper());
        }
        return answer.thenApply(summary -> {
            sink.begin(Objects.requireNonNull(head));
            sink.chunk(ByteBuffer.wrap(body.toByteArray()));
            return summary;
        });
    }

    /** Called by one thread at a time, and before the answer is complete. */
    private final class Keeper implements BodySink {
        @Override
        public void begin(ResponseHead newHead) {
            head = newHead;
        }

        @Override
        public void chunk(ByteBuffer chunk) {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            body.writeBytes(bytes);
        }
    }
}
