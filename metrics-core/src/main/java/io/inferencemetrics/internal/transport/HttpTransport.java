package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * HTTP on the JDK's client, which blocks no thread while it waits.
 *
 * <p>The client's own timeout ends with the headers; the deadline of {@link Fetch} covers the body too.
 */
final class HttpTransport implements Transport {

    /** The one client that all collectors share, made on first use; its threads are daemons. */
    private static final class Shared {
        static final HttpClient CLIENT = builder().build();
    }

    /** A client with a TLS context of its own, kept for the next fetch. */
    private record SecureClient(SSLContext context, HttpClient client) {}

    private final AtomicReference<@Nullable SecureClient> secure = new AtomicReference<>();

    private static HttpClient.Builder builder() {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
        Optional.ofNullable(ProxySelector.getDefault()).ifPresent(builder::proxy);
        return builder;
    }

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        Fetch fetch = Fetch.start(request, sink);
        send(fetch, request.target(), 0);
        return fetch;
    }

    private void send(Fetch fetch, Target target, int hops) {
        CompletableFuture<HttpResponse<Boolean>> exchange;
        try {
            exchange = client(fetch.request())
                    .sendAsync(
                            httpRequest(fetch.request().withTarget(target)),
                            head -> new ReceivingSubscriber(head, target, hops, fetch));
        } catch (IllegalArgumentException e) {
            // the client refuses some URIs and headers at once; what it says may repeat a header's value
            fetch.fail(Failures.refusedByClient(target));
            return;
        }
        fetch.onStop(() -> exchange.cancel(true));
        exchange.whenComplete((response, thrown) -> {
            if (thrown != null) {
                fetch.fail(thrown);
            } else if (response.body()) {
                fetch.succeed();
            } else {
                follow(fetch, target, response, hops);
            }
        });
    }

    private void follow(Fetch fetch, Target from, HttpResponse<?> response, int hops) {
        Target next;
        try {
            next = Redirect.follow(
                    from, response.statusCode(), response.headers().firstValue("Location"), hops);
        } catch (RuntimeException e) {
            fetch.fail(e);
            return;
        }
        send(fetch, next, hops + 1);
    }

    private HttpClient client(FetchRequest request) {
        if (request.sslContext().isEmpty()) {
            return Shared.CLIENT;
        }
        SSLContext context = request.sslContext().get();
        @Nullable SecureClient kept = secure.get();
        if (kept != null && kept.context().equals(context)) {
            return kept.client();
        }
        HttpClient client = builder().sslContext(context).build();
        secure.set(new SecureClient(context, client));
        return client;
    }

    private static HttpRequest httpRequest(FetchRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.target().uri())
                .timeout(request.timeout())
                .GET();
        request.headers().forEach(builder::setHeader);
        return builder.build();
    }
}
