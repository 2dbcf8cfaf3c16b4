package io.inferencemetrics.transport;

import java.util.Optional;

/**
 * What is known before the first byte of a body.
 *
 * @param contentType as the server said it
 */
public record ResponseHead(Optional<String> contentType) {}
