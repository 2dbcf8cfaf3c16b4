package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * HTTP over a Unix socket, which the JDK's client cannot do.
 *
 * <p>Each fetch has a daemon thread of its own, which ends with it; deadline and cancellation close the socket.
 */
final class UnixSocketTransport implements Transport {

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        Fetch fetch = Fetch.start(request, sink);
        Thread thread = new Thread(() -> run(fetch), "inference-metrics-unix-socket");
        thread.setDaemon(true);
        thread.start();
        return fetch;
    }

    private static void run(Fetch fetch) {
        Optional<Target> next = Optional.of(fetch.request().target());
        try {
            for (int hops = 0; next.isPresent(); hops++) {
                next = exchange(fetch, next.get(), hops);
            }
            fetch.succeed();
        } catch (IOException | RuntimeException | Error e) {
            fetch.fail(e);
        }
    }

    /** Asks one target; the answer is read whole, or says which target to ask next. */
    private static Optional<Target> exchange(Fetch fetch, Target target, int hops) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            fetch.onStop(() -> close(channel));
            channel.connect(UnixDomainSocketAddress.of(target.socket().orElseThrow()));
            ByteBuffer head =
                    ByteBuffer.wrap(head(fetch.request(), target.uri()).getBytes(StandardCharsets.UTF_8));
            while (head.hasRemaining()) {
                channel.write(head);
            }
            return new HttpResponseReader(channel, target, fetch).read(hops);
        }
    }

    private static String head(FetchRequest request, URI uri) {
        StringBuilder head = new StringBuilder("GET ").append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static void close(Closeable channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // the descriptor is given back either way, and the fetch has already ended
        }
    }
}
