package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.nvml.internal.SmiProcess.Round;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.spi.LocalTransport;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands out the latest round of an nvidia-smi that is kept running, and starts another where it ended or hangs. */
final class SmiTransport implements LocalTransport {
    private static final Duration OPENING = Duration.ofSeconds(10);

    /** After so many rounds that did not come, nvidia-smi hangs. */
    private static final int ROUNDS_MISSED = 10;

    private final String program;
    private final long intervalMillis;
    private final Selection selection;
    private final Lock reading = new ReentrantLock();
    private volatile SmiProcess running;
    private volatile boolean closed;

    /** Waits for the first round; throws where there is none. */
    SmiTransport(String program, long intervalMillis, Selection selection) {
        this.program = program;
        this.intervalMillis = intervalMillis;
        running = start(SmiColumn.NUMBERS);
        try {
            Round first = round(OPENING.toNanos());
            this.selection = selection.among(
                    first.rows().stream().map(SmiTransport::candidate).toList());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private SmiProcess start(List<SmiColumn> columns) {
        try {
            return new SmiProcess(program, columns, intervalMillis);
        } catch (IOException e) {
            throw failure(FailureKind.CONNECT, "cannot be started: " + e.getMessage(), e);
        }
    }

    private static Selection.Candidate candidate(List<String> row) {
        return new Selection.Candidate(row.get(1), row.get(2), row.get(3), List.of());
    }

    private boolean isSelected(List<String> row) {
        return selection.takes(candidate(row));
    }

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        long end = System.nanoTime() + request.timeout().toNanos();
        try {
            lock(request.timeout().toNanos());
        } catch (CollectException e) {
            return CompletableFuture.failedFuture(e);
        }
        try {
            ExpositionWriter text = new ExpositionWriter();
            Round round = round(end - System.nanoTime());
            write(text, round.rows().stream().filter(this::isSelected).toList());
            return CompletableFuture.completedFuture(asOf(round, text.send(request, sink)));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            reading.unlock();
        }
    }

    private void lock(long nanos) {
        try {
            if (!reading.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                throw failure(FailureKind.TIMEOUT, "is being read by another, who waits for it", null);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private CollectException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return failure(FailureKind.CANCELLED, "was interrupted", e);
    }

    private static FetchSummary asOf(Round round, FetchSummary sent) {
        return new FetchSummary(
                round.time(),
                round.nanos(),
                sent.startNanos(),
                sent.firstByteNanos(),
                sent.endNanos(),
                sent.bodyBytes(),
                sent.contentType());
    }

    // each turn either leaves out a column that this nvidia-smi does not know, or ends
    private Round round(long timeoutNanos) {
        long end = System.nanoTime() + timeoutNanos;
        restartIfOver();
        while (true) {
            @Nullable Round round = await(end - System.nanoTime());
            if (round != null) {
                return fresh(round);
            }
            List<SmiColumn> known = running.known();
            running.close();
            if (!running.isOver()) {
                throw failure(FailureKind.TIMEOUT, "has written nothing within the time it was given", null);
            }
            if (known.size() == running.columns().size()) {
                throw failure(FailureKind.CONNECT, "has ended: " + running.said(), null);
            }
            running = start(known);
            failIfClosed();
        }
    }

    private void restartIfOver() {
        failIfClosed();
        if (running.isOver()) {
            running = start(running.known());
            failIfClosed();
        }
    }

    // a process that was started while close() ran ends too
    private void failIfClosed() {
        if (closed) {
            running.close();
            throw failure(FailureKind.CANCELLED, "is closed", null);
        }
    }

    private Round fresh(Round round) {
        if (System.nanoTime() - round.nanos()
                > Duration.ofMillis(intervalMillis * ROUNDS_MISSED + 5_000).toNanos()) {
            running.close();
            throw failure(FailureKind.TIMEOUT, "has written nothing for " + ROUNDS_MISSED + " rounds", null);
        }
        return round;
    }

    private @Nullable Round await(long nanos) {
        try {
            return running.await(nanos);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void write(ExpositionWriter to, List<List<String>> rows) {
        to.family("nvml_reader_info", MetricType.GAUGE);
        to.sample(1, "reader", "nvidia-smi, slower than the library and with less to say");
        to.family("nvml_reader_skipped_lines", MetricType.GAUGE);
        to.sample(running.skipped());
        to.family("nvml_device_info", MetricType.GAUGE);
        for (List<String> row : rows) {
            List<String> info = new ArrayList<>(List.of(labels(row)));
            info.addAll(List.of("name", row.get(5), "pci_bus_id", row.get(3), "driver_version", row.get(4)));
            to.sample(1, info.toArray(new String[0]));
        }
        to.family("nvml_device_index", MetricType.GAUGE);
        rows.forEach(row -> to.sample(Double.parseDouble(row.get(1)), labels(row)));
        List<SmiColumn> columns = running.columns();
        for (int i = 0; i < columns.size(); i++) {
            SmiColumn column = columns.get(i);
            to.family(column.family(), column.type());
            int cell = SmiColumn.IDENTITY.size() + i;
            rows.forEach(row -> write(to, column, row.get(cell), labels(row)));
        }
    }

    private static void write(ExpositionWriter to, SmiColumn column, String cell, String[] labels) {
        OptionalDouble number = column.number(cell);
        if (number.isPresent()) {
            to.sample(number.getAsDouble(), labels);
        } else {
            to.absent(SmiColumn.absence(cell), labels);
        }
    }

    private static String[] labels(List<String> row) {
        return new String[] {"gpu", row.get(1), "uuid", row.get(2)};
    }

    @Override
    public void close() {
        closed = true;
        running.close();
    }

    private CollectException failure(FailureKind kind, String what, @Nullable Throwable cause) {
        return new CollectException(
                kind,
                program + " " + what,
                "Run it by hand and look at what it says; the driver may be missing.",
                cause);
    }
}
