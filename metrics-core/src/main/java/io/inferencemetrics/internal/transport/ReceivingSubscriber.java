package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Hands the body that the sink takes to a fetch, reads over that of a redirect, and ends the fetch at any other answer. Its result is whether the body was taken. */
final class ReceivingSubscriber implements HttpResponse.BodySubscriber<Boolean> {
    /** So much of a redirect's body is read over to keep the connection; a longer one costs a new connection. */
    private static final int MAX_IGNORED_BYTES = 16_384;

    private final HttpResponse.ResponseInfo info;
    private final Target target;
    private final int hops;
    private final Fetch fetch;
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private boolean taken;
    private long ignoredBytes;

    ReceivingSubscriber(HttpResponse.ResponseInfo info, Target target, int hops, Fetch fetch) {
        this.info = info;
        this.target = target;
        this.hops = hops;
        this.fetch = fetch;
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        try {
            ResponseHead head = head();
            taken = fetch.takes(target, head, hops);
            if (taken) {
                fetch.begin(head, info.headers().firstValue("Content-Encoding"));
            } else if (!Redirect.isRedirect(head.status())) {
                throw Failures.status(target, head.status(), "");
            }
            given.request(Long.MAX_VALUE);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private ResponseHead head() {
        return new ResponseHead(
                info.statusCode(),
                info.headers().firstValue("Content-Type"),
                info.headers().firstValue("Location"));
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
        if (taken) {
            fetch.receive(chunk);
            return;
        }
        ignoredBytes += chunk.remaining();
        if (ignoredBytes > MAX_IGNORED_BYTES && subscription != null) {
            subscription.cancel();
            result.complete(taken);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        result.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        result.complete(taken);
    }

    private void fail(Throwable e) {
        fetch.fail(e);
        if (subscription != null) {
            subscription.cancel();
        }
        result.completeExceptionally(e);
    }
}
