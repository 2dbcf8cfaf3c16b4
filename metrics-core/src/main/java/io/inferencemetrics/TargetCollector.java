package io.inferencemetrics;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.internal.decode.ScrapeReader;
import io.inferencemetrics.prometheus.ExpositionException;
import io.inferencemetrics.prometheus.LimitExceededException;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.ScrapeInfo;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Transport;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A collector that reads one address through a transport. */
final class TargetCollector implements Collector {
    private static final Logger log = LoggerFactory.getLogger(Collector.class);

    private final FetchRequest request;
    private final Transport transport;
    private final Supplier<ScrapeReader> readers;
    private final String engine;
    private final String instanceId;
    private final Runnable atClose;

    /** The reader that knows the target's series; a second read at the same time makes one of its own. */
    private final AtomicReference<@Nullable ScrapeReader> idle = new AtomicReference<>();

    private final Set<CompletableFuture<MetricsSnapshot>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    TargetCollector(
            FetchRequest request,
            Transport transport,
            Supplier<ScrapeReader> readers,
            String engine,
            String instanceId,
            Runnable atClose) {
        this.request = request;
        this.transport = transport;
        this.readers = readers;
        this.engine = engine;
        this.instanceId = instanceId;
        this.atClose = atClose;
    }

    @Override
    public String target() {
        return request.target().toString();
    }

    @Override
    public MetricsSnapshot collect() {
        CompletableFuture<MetricsSnapshot> future = collectAsync();
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (CancellationException e) {
            throw cancelled("the collector was closed", e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw cancelled("its thread was interrupted", e);
        }
    }

    @Override
    public CollectResult tryCollect() {
        try {
            return new CollectResult.Success(collect());
        } catch (CollectException e) {
            return CollectResult.Failure.of(e);
        }
    }

    @Override
    @SuppressWarnings("CollectionUndefinedEquality") // a future is its own identity
    public CompletableFuture<MetricsSnapshot> collectAsync() {
        if (closed) {
            throw new IllegalStateException("the collector of " + target() + " is closed");
        }
        @Nullable ScrapeReader kept = idle.getAndSet(null);
        ScrapeReader reader = kept != null ? kept : readers.get();
        log.debug("collect {} as {}", request.target(), engine);
        CompletableFuture<FetchSummary> fetch = transport.fetch(request, sinkOf(reader));
        CompletableFuture<MetricsSnapshot> result = new CompletableFuture<>();
        underWay.add(result);
        result.whenComplete((snapshot, failure) -> {
            underWay.remove(result);
            if (result.isCancelled()) {
                fetch.cancel(true);
            } else if (failure != null) {
                log.debug("collect {} failed: {}", request.target(), failure.getMessage());
            }
        });
        fetch.whenComplete((summary, failure) -> {
            if (failure != null) {
                result.completeExceptionally(unwrapped(failure));
            } else {
                finish(reader, summary, result);
            }
        });
        if (closed) {
            result.cancel(true);
        }
        return result;
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(future -> future.cancel(true));
        idle.set(null);
        atClose.run();
    }

    @SuppressWarnings("CatchThrowable") // what is not passed on leaves the caller waiting for ever
    private void finish(ScrapeReader reader, FetchSummary summary, CompletableFuture<MetricsSnapshot> result) {
        try {
            result.complete(snapshot(reader, summary));
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private MetricsSnapshot snapshot(ScrapeReader reader, FetchSummary summary) {
        MetricsSnapshot snapshot;
        try {
            snapshot = reader.finish(info(summary));
        } catch (ExpositionException e) {
            throw unparsable(e);
        }
        if (!closed) {
            idle.set(reader);
        }
        if (log.isDebugEnabled()) {
            logCoverage(snapshot.info(), snapshot.coverage());
        }
        return snapshot;
    }

    private void logCoverage(ScrapeInfo info, Coverage coverage) {
        log.debug(
                "collected {}: {} bytes in {} ms, {} samples, {} families mapped, {} unmapped, {} lines skipped {}",
                info.target(),
                info.bytes(),
                info.duration().toMillis(),
                coverage.samples(),
                coverage.found().size(),
                coverage.unmapped().size(),
                coverage.skippedLines(),
                coverage.firstSkipped());
    }

    private ScrapeInfo info(FetchSummary summary) {
        return new ScrapeInfo(
                target(),
                instanceId,
                engine,
                summary.time(),
                summary.measuredNanos(),
                summary.startNanos(),
                summary.firstByteNanos(),
                summary.endNanos(),
                summary.bodyBytes(),
                summary.contentType());
    }

    private BodySink sinkOf(ScrapeReader reader) {
        return new BodySink() {
            @Override
            public void begin(ResponseHead head) {
                reader.begin(head.contentType());
            }

            @Override
            public void chunk(ByteBuffer chunk) {
                try {
                    reader.feed(chunk);
                } catch (ExpositionException e) {
                    throw unparsable(e);
                }
            }
        };
    }

    private static CollectException failure(ExecutionException e) {
        if (e.getCause() instanceof CollectException known) {
            return known;
        }
        throw new IllegalStateException("a defect in the collector or its transport", e.getCause());
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private CollectException unparsable(ExpositionException e) {
        boolean limit = e instanceof LimitExceededException;
        return new CollectException(
                limit ? FailureKind.TOO_LARGE : FailureKind.PARSE,
                "the body of " + target() + " cannot be parsed: " + e.getMessage(),
                limit ? "Raise the limit if such a body is to be expected." : "Look at the body with collect --raw.",
                e);
    }

    private CollectException cancelled(String why, Exception cause) {
        return new CollectException(
                FailureKind.CANCELLED, "the read of " + target() + " was cancelled: " + why, "Read again.", cause);
    }
}
