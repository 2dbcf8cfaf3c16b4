package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * HTTP on the JDK's client, which blocks no thread while it waits.
 *
 * <p>The client's own timeout ends with the headers; the deadline here covers the body too.
 */
final class HttpTransport implements Transport {
    private static final int MAX_REDIRECTS = 1;

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
        BodyReceiver receiver = new BodyReceiver(request, sink);
        CompletableFuture<FetchSummary> result = new CompletableFuture<>();
        AtomicReference<@Nullable CompletableFuture<?>> exchange = new AtomicReference<>();
        CompletableFuture<FetchSummary> fetched = send(request, receiver, exchange, 0);
        fetched.whenComplete((summary, thrown) -> {
            if (thrown == null) {
                result.complete(summary);
            } else {
                result.completeExceptionally(Failures.of(request, thrown));
            }
        });
        CompletableFuture<FetchSummary> answer = result.copy()
                .orTimeout(request.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(Failures.of(request, thrown)));
        answer.whenComplete((summary, thrown) -> {
            if (thrown != null) {
                receiver.abandon();
                Optional.ofNullable(exchange.get()).ifPresent(running -> running.cancel(true));
            }
        });
        return answer;
    }

    private CompletableFuture<FetchSummary> send(
            FetchRequest request,
            BodyReceiver receiver,
            AtomicReference<@Nullable CompletableFuture<?>> exchange,
            int redirects) {
        CompletableFuture<HttpResponse<Optional<FetchSummary>>> sent =
                client(request).sendAsync(httpRequest(request), head -> new ReceivingSubscriber(head, receiver));
        exchange.set(sent);
        return sent.thenCompose(response -> response.body().isPresent()
                ? CompletableFuture.completedFuture(response.body().get())
                : follow(request, receiver, exchange, redirects, response));
    }

    private CompletableFuture<FetchSummary> follow(
            FetchRequest request,
            BodyReceiver receiver,
            AtomicReference<@Nullable CompletableFuture<?>> exchange,
            int redirects,
            HttpResponse<?> response) {
        Optional<URI> location = location(request.target(), response);
        if (location.isEmpty()) {
            throw Failures.status(request.target(), response.statusCode(), "");
        }
        URI next = location.get();
        boolean sameHost = next.getHost() != null
                && next.getHost().equalsIgnoreCase(request.target().uri().getHost());
        if (!sameHost || redirects == MAX_REDIRECTS) {
            String why = sameHost ? ", a second redirect" : ", a redirect to another host";
            throw Failures.status(request.target(), response.statusCode(), why);
        }
        Target target = new Target(Target.Kind.HTTP, next, Optional.empty(), Optional.empty());
        return send(request.withTarget(target), receiver, exchange, redirects + 1);
    }

    private static Optional<URI> location(Target target, HttpResponse<?> response) {
        if (response.statusCode() < 300 || response.statusCode() > 399) {
            return Optional.empty();
        }
        try {
            return response.headers().firstValue("Location").map(target.uri()::resolve);
        } catch (IllegalArgumentException e) {
            throw new CompletionException(Failures.status(
                    target, response.statusCode(), ", a redirect to an address that cannot be understood"));
        }
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
