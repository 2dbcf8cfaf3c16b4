package io.inferencemetrics.host.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.spi.LocalTransport;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Reads the machine on a thread of its own, since a file of the kernel may hang, and hands the text to the caller's. */
final class HostTransport implements LocalTransport {
    private static final int WAITING_READS = 16;

    private final Supplier<ExpositionWriter> machine;
    private final ThreadPoolExecutor thread;

    /** What reads the machine is called by one thread. */
    HostTransport(Supplier<ExpositionWriter> machine) {
        this.machine = machine;
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_READS), HostTransport::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "inference-metrics-host");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        try {
            return CompletableFuture.completedFuture(read(request).send(request, sink));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private ExpositionWriter read(FetchRequest request) {
        FutureTask<ExpositionWriter> reading = new FutureTask<>(machine::get);
        try {
            thread.execute(reading);
            return reading.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | RejectedExecutionException e) {
            throw thread.isShutdown() ? cancelled(request, e) : late(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(request, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a defect in what reads this machine", e.getCause());
        } finally {
            reading.cancel(true);
            thread.remove(reading);
        }
    }

    private static CollectException late(FetchRequest request, Exception cause) {
        return new CollectException(
                FailureKind.TIMEOUT,
                request.target() + " was not read within "
                        + request.timeout().toMillis()
                        + " ms: a file of the kernel does not answer, or the machine is overloaded",
                "Raise the timeout; where that does not help, look for processes in state D with ps.",
                cause);
    }

    private static CollectException cancelled(FetchRequest request, Exception cause) {
        return new CollectException(
                FailureKind.CANCELLED, "the read of " + request.target() + " was cancelled", "Read again.", cause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
