package io.inferencemetrics.internal.decode;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A body while it arrives; the array grows to the largest body and is used again. */
final class BodyBuffer {
    private byte[] bytes = new byte[16_384];
    private int length;

    void clear() {
        length = 0;
    }

    void append(ByteBuffer chunk) {
        int more = chunk.remaining();
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
        }
        chunk.get(bytes, length, more);
        length += more;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
