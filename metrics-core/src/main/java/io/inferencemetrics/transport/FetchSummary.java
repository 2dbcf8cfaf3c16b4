package io.inferencemetrics.transport;

import java.time.Instant;
import java.util.Optional;

/**
 * What a fetch that succeeded took.
 *
 * @param time when the body's values were true: now, or a file's modification time
 * @param measuredNanos the same moment by {@link System#nanoTime()}
 * @param startNanos start of the fetch, by {@link System#nanoTime()}
 * @param firstByteNanos arrival of the body's first byte
 * @param endNanos arrival of its last
 * @param bodyBytes length of the body, uncompressed
 * @param contentType as the server said it
 */
public record FetchSummary(
        Instant time,
        long measuredNanos,
        long startNanos,
        long firstByteNanos,
        long endNanos,
        long bodyBytes,
        Optional<String> contentType) {}
