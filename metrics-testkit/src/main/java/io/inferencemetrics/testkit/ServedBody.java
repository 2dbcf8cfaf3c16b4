package io.inferencemetrics.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A body that was sent, as it was sent: also half of one, or a page of login. Of an endless one it is the beginning.
 *
 * @param time by the engine's clock, when its first byte was sent
 * @param path that was asked for
 * @param status of HTTP
 * @param text what was sent
 */
public record ServedBody(Instant time, String path, int status, String text) {
    /** The bytes that were sent, in UTF-8. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
