package io.inferencemetrics.doctor;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Answers without a network, in a time that is made up. */
final class ScriptedTransport implements Transport {
    private final Supplier<String> body;
    private final Duration untilFirstByte;
    private final Duration forBody;

    private ScriptedTransport(Supplier<String> body, Duration untilFirstByte, Duration forBody) {
        this.body = body;
        this.untilFirstByte = untilFirstByte;
        this.forBody = forBody;
    }

    static ScriptedTransport of(Supplier<String> body) {
        return new ScriptedTransport(body, Duration.ofMillis(2), Duration.ofMillis(1));
    }

    static ScriptedTransport taking(Duration untilFirstByte, Duration forBody) {
        return new ScriptedTransport(() -> "vllm:num_requests_running 1\n", untilFirstByte, forBody);
    }

    /** Fails each fetch for this reason. */
    static Transport failing(FailureKind kind, Throwable cause) {
        CollectException failure = new CollectException(kind, "no luck: " + cause.getMessage(), "Try again.", cause);
        return (request, sink) -> CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
        sink.begin(new ResponseHead(Optional.of("text/plain")));
        sink.chunk(ByteBuffer.wrap(bytes));
        long firstByte = untilFirstByte.toNanos();
        long end = firstByte + forBody.toNanos();
        return CompletableFuture.completedFuture(
                new FetchSummary(Instant.EPOCH, end, 0, firstByte, end, bytes.length, Optional.of("text/plain")));
    }
}
