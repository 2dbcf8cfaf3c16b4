package io.inferencemetrics.internal.transport;

import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A sink that keeps what it gets. */
final class CollectedBody implements BodySink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Optional<String> contentType = Optional.empty();
    Optional<ResponseHead> head = Optional.empty();
    boolean anyStatus;

    @Override
    public boolean takes(int status) {
        return anyStatus || BodySink.super.takes(status);
    }

    @Override
    public void begin(ResponseHead begun) {
        head = Optional.of(begun);
        contentType = begun.contentType();
    }

    @Override
    public void chunk(ByteBuffer chunk) {
        while (chunk.hasRemaining()) {
            bytes.write(chunk.get());
        }
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
