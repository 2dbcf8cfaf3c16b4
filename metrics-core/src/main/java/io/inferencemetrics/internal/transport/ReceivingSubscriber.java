package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Hands the body of a 200 to a fetch, reads over that of a redirect, and ends the fetch at any other answer. Its result is how many bytes it read over. */
final class ReceivingSubscriber implements HttpResponse.BodySubscriber<Long> {
    private static final int OK = 200;

    /** So much of a redirect's body is read over to keep the connection; a longer one costs a new connection. */
    private static final int MAX_IGNORED_BYTES = 16_384;

    private final HttpResponse.ResponseInfo head;
    private final Target target;
    private final Fetch fetch;
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long ignoredBytes;

    ReceivingSubscriber(HttpResponse.ResponseInfo head, Target target, Fetch fetch) {
        this.head = head;
        this.target = target;
        this.fetch = fetch;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        try {
            if (head.statusCode() == OK) {
                fetch.begin(
                        head.headers().firstValue("Content-Type"),
                        head.headers().firstValue("Content-Encoding"));
            } else if (!Redirect.isRedirect(head.statusCode())) {
                throw Failures.status(target, head.statusCode(), "");
            }
            given.request(Long.MAX_VALUE);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        if (result.isDone()) {
            return;
        }
        try {
            for (ByteBuffer chunk : chunks) {
                take(chunk);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void take(ByteBuffer chunk) throws IOException {
        if (head.statusCode() == OK) {
            fetch.receive(chunk);
            return;
        }
        ignoredBytes += chunk.remaining();
        if (ignoredBytes > MAX_IGNORED_BYTES && subscription != null) {
            subscription.cancel();
            result.complete(ignoredBytes);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        result.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        result.complete(ignoredBytes);
    }

    private void fail(Throwable e) {
        fetch.fail(e);
        if (subscription != null) {
            subscription.cancel();
        }
        result.completeExceptionally(e);
    }
}
