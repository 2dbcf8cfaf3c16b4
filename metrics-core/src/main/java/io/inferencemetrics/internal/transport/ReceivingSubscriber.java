package io.inferencemetrics.internal.transport;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.transport.FetchSummary;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Hands the body of a 200 to a receiver, and throws that of any other answer away: then its result is empty. */
final class ReceivingSubscriber implements HttpResponse.BodySubscriber<Optional<FetchSummary>> {
    private static final int OK = 200;

    private final HttpResponse.ResponseInfo head;
    private final BodyReceiver receiver;
    private final CompletableFuture<Optional<FetchSummary>> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    ReceivingSubscriber(HttpResponse.ResponseInfo head, BodyReceiver receiver) {
        this.head = head;
        this.receiver = receiver;
    }

    @Override
    public CompletionStage<Optional<FetchSummary>> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        try {
            if (head.statusCode() == OK) {
                receiver.begin(
                        head.headers().firstValue("Content-Type"),
                        head.headers().firstValue("Content-Encoding"));
            }
            given.request(Long.MAX_VALUE);
        } catch (CollectException e) {
            fail(e);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        if (head.statusCode() != OK || result.isDone()) {
            return;
        }
        try {
            for (ByteBuffer chunk : chunks) {
                receiver.receive(chunk);
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        receiver.close();
        result.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        try {
            result.complete(head.statusCode() == OK ? Optional.of(receiver.complete()) : Optional.empty());
        } catch (IOException e) {
            result.completeExceptionally(e);
        } finally {
            receiver.close();
        }
    }

    private void fail(Exception e) {
        if (subscription != null) {
            subscription.cancel();
        }
        receiver.close();
        result.completeExceptionally(e);
    }
}
