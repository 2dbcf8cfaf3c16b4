package io.inferencemetrics.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.identity.Fact.Reason;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoints of one server, each asked at most once, all within the time of one request. */
final class Endpoints {
    private static final Logger log = LoggerFactory.getLogger(Identities.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_BODY_BYTES = 1L << 20;

    private final FetchRequest request;
    private final Transport transport;
    private final long deadline;
    private final Map<String, Answer> answers = new HashMap<>();
    private @Nullable Answer unreachable;

    Endpoints(FetchRequest request, Transport transport) {
        this.request = request;
        this.transport = transport;
        this.deadline = System.nanoTime() + request.timeout().toNanos();
    }

    Target target() {
        return request.target();
    }

    /** What came from one endpoint: a status, with JSON where it is 200; or why nothing came. */
    sealed interface Answer {
        /** An answer with a status; the body is missing unless it was JSON under a 200. */
        record Came(int status, JsonNode body) implements Answer {}

        /** No answer, or one that is of no use. */
        record Nothing(Reason reason, String detail) implements Answer {}
    }

    Answer ask(String path) {
        @Nullable Answer known = answers.get(path);
        if (known != null) {
            return known;
        }
        Answer answer = unreachable != null ? unreachable : fetch(path);
        answers.put(path, answer);
        return answer;
    }

    private Answer fetch(String path) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (target().kind() == Target.Kind.FILE) {
            return new Answer.Nothing(Reason.NOT_THERE, "a file answers no questions");
        }
        if (left.isNegative() || left.isZero()) {
            return new Answer.Nothing(
                    Reason.TIMEOUT, path + " was not asked: the " + request.timeout() + " for all questions were over");
        }
        Kept kept = new Kept();
        CompletableFuture<FetchSummary> fetch = transport.fetch(question(path, left), kept);
        try {
            fetch.get();
            log.debug("asked {} of {}: {}", path, target(), kept.status);
            return answer(kept);
        } catch (ExecutionException e) {
            return failed(path, e);
        } catch (InterruptedException e) {
            fetch.cancel(true);
            Thread.currentThread().interrupt();
            throw new CollectException(
                    FailureKind.CANCELLED,
                    "the questions to " + target() + " were cancelled: the thread was interrupted",
                    "Ask again.",
                    e);
        }
    }

    private FetchRequest question(String path, Duration left) {
        return request.withTarget(target().beside(path))
                .withTimeout(left)
                .withMaxBodyBytes(Math.min(MAX_BODY_BYTES, request.maxBodyBytes()))
                .withHeader("Accept", "application/json");
    }

    private static Answer answer(Kept kept) {
        if (kept.status != 200) {
            return new Answer.Came(kept.status, JSON.missingNode());
        }
        try {
            return new Answer.Came(200, JSON.readTree(kept.bytes.toByteArray()));
        } catch (IOException e) {
            // no cause and no message: they repeat what the server sent
            return new Answer.Came(200, JSON.missingNode());
        }
    }

    private Answer failed(String path, ExecutionException e) {
        if (!(e.getCause() instanceof CollectException known)) {
            throw new IllegalStateException("a defect in a transport", e.getCause());
        }
        log.debug("asked {} of {}: {}", path, target(), known.getMessage());
        Reason reason = switch (known.kind()) {
            case CONNECT, CANCELLED -> Reason.UNREACHABLE;
            case TIMEOUT -> Reason.TIMEOUT;
            case STATUS -> Reason.FAILED;
            case NOT_PROMETHEUS, WRONG_ENGINE, TOO_LARGE, PARSE -> Reason.UNUSABLE;
        };
        Answer nothing = new Answer.Nothing(reason, known.getMessage() == null ? path : known.getMessage());
        if (reason == Reason.UNREACHABLE) {
            unreachable = nothing;
        }
        return nothing;
    }

    /** Keeps the status of any answer, and the body of a good one. */
    private static final class Kept implements BodySink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int status;

        @Override
        public boolean takes(int any) {
            return true;
        }

        @Override
        public void begin(ResponseHead head) {
            status = head.status();
        }

        @Override
        public void chunk(ByteBuffer chunk) {
            if (status == 200) {
                byte[] copy = new byte[chunk.remaining()];
                chunk.get(copy);
                bytes.writeBytes(copy);
            }
        }
    }
}
