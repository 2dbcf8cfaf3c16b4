package io.inferencemetrics.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which server was read, when, and what the read cost.
 *
 * @param target the address, without secrets
 * @param instanceId the name that the application gave the server; the target where it gave none
 * @param engine the id of the engine whose catalogue was used
 * @param time when the values were true by the wall clock: the end of the scrape, or a file's modification time
 * @param measuredNanos the same moment by {@link System#nanoTime()}
 * @param startNanos start of the scrape, by {@link System#nanoTime()}
 * @param firstByteNanos arrival of the body's first byte, by {@link System#nanoTime()}
 * @param endNanos end of the scrape, by {@link System#nanoTime()}
 * @param bytes of the body, uncompressed
 * @param contentType as the server said it
 */
public record ScrapeInfo(
        String target,
        String instanceId,
        String engine,
        Instant time,
        long measuredNanos,
        long startNanos,
        long firstByteNanos,
        long endNanos,
        long bytes,
        Optional<String> contentType) {

    /** The time until the body's first byte: what the read cost the server, and the way to it. */
    public Duration timeToFirstByte() {
        return Duration.ofNanos(firstByteNanos - startNanos);
    }

    /** The whole time of the scrape. */
    public Duration duration() {
        return Duration.ofNanos(endNanos - startNanos);
    }
}
