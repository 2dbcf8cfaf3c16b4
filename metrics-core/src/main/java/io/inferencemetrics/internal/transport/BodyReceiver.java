package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a body off the wire: counts it, keeps it within its limit, unpacks it, passes it on. Used under the fetch's lock. */
final class BodyReceiver {
    private final FetchRequest request;
    private final BodySink sink;
    private final long startNanos = System.nanoTime();
    private @Nullable Gunzip gunzip;
    private Optional<String> contentType = Optional.empty();
    private long firstByteNanos;
    private long wireBytes;
    private long bodyBytes;

    BodyReceiver(FetchRequest request, BodySink sink) {
        this.request = request;
        this.sink = sink;
    }

    boolean takes(int status) {
        return sink.takes(status);
    }

    void begin(ResponseHead head, Optional<String> encoding) {
        String wanted = encoding.map(e -> e.strip().toLowerCase(Locale.ROOT)).orElse("identity");
        if (wanted.equals("gzip") || wanted.equals("x-gzip")) {
            gunzip = new Gunzip(this::pass);
        } else if (!wanted.equals("identity") && !wanted.isEmpty()) {
            throw Failures.encoding(request.target(), wanted);
        }
        contentType = head.contentType();
        sink.begin(head);
    }

    void receive(ByteBuffer chunk) throws IOException {
        if (!chunk.hasRemaining()) {
            return;
        }
        if (wireBytes == 0) {
            firstByteNanos = System.nanoTime();
        }
        wireBytes += chunk.remaining();
        if (wireBytes > request.maxBodyBytes()) {
            throw Failures.tooLarge(request);
        }
        if (gunzip == null) {
            pass(chunk);
        } else {
            gunzip.feed(chunk);
        }
    }

    private void pass(ByteBuffer plain) {
        bodyBytes += plain.remaining();
        if (bodyBytes > request.maxBodyBytes()) {
            throw Failures.tooLarge(request);
        }
        sink.chunk(plain);
    }

    /** The body is complete. */
    FetchSummary complete() throws IOException {
        if (gunzip != null && !gunzip.isComplete()) {
            throw Failures.endedEarly("the gzip stream");
        }
        long end = System.nanoTime();
        return new FetchSummary(
                Instant.now(), end, startNanos, wireBytes == 0 ? end : firstByteNanos, end, bodyBytes, contentType);
    }

    /** Gives native memory back, when no more bytes come. */
    void close() {
        if (gunzip != null) {
            gunzip.close();
        }
    }
}
