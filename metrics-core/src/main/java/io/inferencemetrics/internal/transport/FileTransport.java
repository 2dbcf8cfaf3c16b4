package io.inferencemetrics.internal.transport;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads a file, in the thread that asks; its values were true when it was last modified. */
final class FileTransport implements Transport {
    private static final byte[] END_OF_OPENMETRICS = "# EOF\n".getBytes(StandardCharsets.US_ASCII);

    /** What nanoseconds can count with room to spare; a file may claim to be older, or of the future. */
    private static final Duration MAX_AGE = Duration.ofDays(36_500);

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        try {
            return CompletableFuture.completedFuture(read(request, sink));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(unreadable(request.target(), e));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Path path(Target target) throws IOException {
        try {
            return Path.of(target.uri());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException("it is no file of this machine", e);
        }
    }

    private static FetchSummary read(FetchRequest request, BodySink sink) throws IOException {
        Path path = path(request.target());
        BodyReceiver receiver = new BodyReceiver(request, sink);
        if (!Files.isRegularFile(path)) {
            throw new IOException(Files.exists(path) ? "it is no regular file" : "it does not exist");
        }
        Instant modified = Files.getLastModifiedTime(path).toInstant();
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            receiver.begin(new ResponseHead(Optional.of(contentType(file))), Optional.empty());
            ByteBuffer chunk = ByteBuffer.allocate(16_384);
            while (file.read(chunk) >= 0) {
                receiver.receive(chunk.flip());
                chunk.clear();
            }
        }
        return asOf(modified, receiver.complete());
    }

    private static FetchSummary asOf(Instant modified, FetchSummary read) {
        Duration age = Duration.between(modified, read.time());
        Duration shown = age.abs().compareTo(MAX_AGE) > 0 ? MAX_AGE : age;
        return new FetchSummary(
                modified,
                read.endNanos() - shown.toNanos(),
                read.startNanos(),
                read.firstByteNanos(),
                read.endNanos(),
                read.bodyBytes(),
                read.contentType());
    }

    /** A file has no Content-Type, but only OpenMetrics ends in {@code # EOF}. */
    private static String contentType(SeekableByteChannel file) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(END_OF_OPENMETRICS.length);
        file.position(Math.max(0, file.size() - tail.capacity()));
        while (tail.hasRemaining() && file.read(tail) >= 0) {}
        file.position(0);
        String end = new String(tail.array(), 0, tail.position(), StandardCharsets.US_ASCII);
        return end.stripTrailing().endsWith("# EOF") ? "application/openmetrics-text" : "text/plain";
    }

    private static CollectException unreadable(Target target, Exception cause) {
        return new CollectException(
                FailureKind.CONNECT,
                "the file " + target + " cannot be read: " + cause.getMessage(),
                "Check the path and its permissions; it must be absolute, as in file:/tmp/body.txt.",
                cause);
    }
}
