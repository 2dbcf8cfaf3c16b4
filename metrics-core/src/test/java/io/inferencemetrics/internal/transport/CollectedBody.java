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

    @Override
    public void begin(ResponseHead head) {
        contentType = head.contentType();
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
