package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.spi.ExpositionWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A reader on a daemon thread of its own, so that a call into the driver that does not return holds up nobody. */
final class Session {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Session::daemon);
    private final CompletableFuture<NvmlReader> reader = new CompletableFuture<>();

    /**
     * Starts opening.
     *
     * @param opening called on the session's thread
     */
    Session(Callable<NvmlReader> opening) {
        thread.execute(() -> open(opening));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "inference-metrics-nvml");
        thread.setDaemon(true);
        return thread;
    }

    @SuppressWarnings("CatchThrowable") // a library that cannot be linked is an Error; who waits is told
    private void open(Callable<NvmlReader> opening) {
        try {
            reader.complete(opening.call());
        } catch (Throwable e) {
            reader.completeExceptionally(e);
        }
    }

    /** Waits until all is open; throws what opening threw. */
    void awaitOpen(Duration timeout) throws TimeoutException, InterruptedException {
        await(reader, timeout);
    }

    /** Whether opening has neither ended nor failed. */
    boolean isOpening() {
        return !reader.isDone();
    }

    /**
     * Reads once; while the session is not yet open, waits for that first.
     *
     * @return whether no device is lost
     * @throws CollectException when this session is closed, or opening failed with it
     */
    boolean read(ExpositionWriter to, Duration timeout) throws TimeoutException, InterruptedException {
        try {
            long end = System.nanoTime() + timeout.toNanos();
            NvmlReader opened = await(reader, timeout);
            return await(thread.submit(() -> opened.read(to)), Duration.ofNanos(end - System.nanoTime()));
        } catch (RejectedExecutionException e) {
            throw new CollectException(FailureKind.CANCELLED, "NVML was closed during the read", "Read again.", e);
        }
    }

    private static <T> T await(Future<T> future, Duration timeout) throws TimeoutException, InterruptedException {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** Closes the reader as soon as the thread is free; does not wait for it. A second call does nothing. */
    synchronized void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.execute(() -> {
            if (!reader.isCompletedExceptionally()) {
                reader.join().close();
            }
        });
        thread.shutdown();
    }

    /** Whether the thread has ended: after {@link #close()}, unless a call into the driver has not returned. */
    boolean isOver() {
        return thread.isTerminated()
                && (reader.isCompletedExceptionally() || reader.join().isOver());
    }
}
