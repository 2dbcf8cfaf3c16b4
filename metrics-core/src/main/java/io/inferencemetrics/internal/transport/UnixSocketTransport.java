package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Transport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * HTTP over a Unix socket, which the JDK's client cannot do.
 *
 * <p>Each fetch has a daemon thread of its own, which ends with it; deadline and cancellation close the socket.
 */
final class UnixSocketTransport implements Transport {

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        BodyReceiver receiver = new BodyReceiver(request, sink);
        SocketChannel channel;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException | UnsupportedOperationException e) {
            return CompletableFuture.failedFuture(Failures.of(request, e));
        }
        CompletableFuture<FetchSummary> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> exchange(channel, request, receiver, result), "inference-metrics-unix-socket");
        thread.setDaemon(true);
        thread.start();
        CompletableFuture<FetchSummary> answer = result.copy()
                .orTimeout(request.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(Failures.of(request, thrown)));
        answer.whenComplete((summary, thrown) -> {
            if (thrown != null) {
                receiver.abandon();
                close(channel);
            }
        });
        return answer;
    }

    private static void exchange(
            SocketChannel channel,
            FetchRequest request,
            BodyReceiver receiver,
            CompletableFuture<FetchSummary> result) {
        try (channel) {
            channel.connect(UnixDomainSocketAddress.of(request.target().socket().orElseThrow()));
            ByteBuffer head = ByteBuffer.wrap(head(request).getBytes(StandardCharsets.UTF_8));
            while (head.hasRemaining()) {
                channel.write(head);
            }
            new HttpResponseReader(channel, request, receiver).read();
            result.complete(receiver.complete());
        } catch (IOException | RuntimeException e) {
            result.completeExceptionally(Failures.of(request, e));
        } finally {
            receiver.close();
        }
    }

    private static String head(FetchRequest request) {
        StringBuilder head =
                new StringBuilder("GET ").append(request.target().uri().getRawPath());
        if (request.target().uri().getRawQuery() != null) {
            head.append('?').append(request.target().uri().getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // the descriptor is gone either way, and the fetch has already failed
            Thread.onSpinWait();
        }
    }
}
