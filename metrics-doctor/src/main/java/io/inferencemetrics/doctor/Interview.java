package io.inferencemetrics.doctor;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Asks one server a bounded number of bounded questions, and keeps a list of them. */
final class Interview {
    private static final long MAX_ASIDE_BYTES = 65_536;

    private final FetchRequest request;
    private final Transport transport;
    private final Dialer dialer;
    private final List<String> asked = new ArrayList<>();

    Interview(FetchRequest request, Transport transport, Dialer dialer) {
        this.request = request;
        this.transport = transport;
        this.dialer = dialer;
    }

    FetchRequest request() {
        return request;
    }

    List<String> asked() {
        return asked;
    }

    /** Asks for what the examination is about. */
    Exchange metrics() {
        return ask(request);
    }

    /** Asks the same server for something small beside its metrics; empty where enough was asked, or a file has nothing beside. */
    Optional<Exchange> aside(String path) {
        Target target = request.target();
        if (target.kind() == Target.Kind.FILE || asked.size() >= Doctor.MAX_REQUESTS) {
            return Optional.empty();
        }
        return Optional.of(ask(request.withTarget(target.beside(path))
                .withMaxBodyBytes(MAX_ASIDE_BYTES)
                .withHeader("Accept", "application/json, text/plain")));
    }

    /** How long a connection takes; empty where none can be opened. */
    Optional<Duration> connectTime() {
        asked.add("connect");
        return dialer.dial(request.target(), request.timeout());
    }

    private Exchange ask(FetchRequest question) {
        asked.add(shown(question.target()));
        Kept kept = new Kept();
        CompletableFuture<FetchSummary> fetch = transport.fetch(question, kept);
        try {
            FetchSummary summary = fetch.get();
            return kept.exchange(question.target(), Optional.of(summary), Optional.empty());
        } catch (ExecutionException e) {
            return kept.exchange(question.target(), Optional.empty(), Optional.of(failure(e)));
        } catch (InterruptedException e) {
            fetch.cancel(true);
            throw interrupted(e);
        }
    }

    /** The thread that examines was interrupted; says so once more to whoever comes next. */
    CollectException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CollectException(
                FailureKind.CANCELLED,
                "the examination of " + request.target() + " was cancelled: its thread was interrupted",
                "Examine again.",
                e);
    }

    private static CollectException failure(ExecutionException e) {
        if (e.getCause() instanceof CollectException known) {
            return known;
        }
        throw new IllegalStateException("a defect in the doctor or its transport", e.getCause());
    }

    private static String shown(Target target) {
        return target.kind() == Target.Kind.FILE
                ? target.toString()
                : target.uri().getRawPath();
    }

    /** Keeps whatever answer comes. */
    private static final class Kept implements BodySink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Optional<ResponseHead> head = Optional.empty();

        @Override
        public boolean takes(int status) {
            return true;
        }

        @Override
        public void begin(ResponseHead begun) {
            head = Optional.of(begun);
        }

        @Override
        public void chunk(ByteBuffer chunk) {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            bytes.writeBytes(copy);
        }

        Exchange exchange(Target target, Optional<FetchSummary> summary, Optional<CollectException> failure) {
            return new Exchange(target, head, bytes.toByteArray(), summary, failure);
        }
    }
}
