package io.inferencemetrics.transport;

import java.util.Optional;

/**
 * What is known before the first byte of a body.
 *
 * @param status of the answer; 200 for a file
 * @param contentType as the server said it
 * @param location where a redirect leads that was not followed
 */
public record ResponseHead(int status, Optional<String> contentType, Optional<String> location) {

    /** The head of an answer that succeeded. */
    public ResponseHead(Optional<String> contentType) {
        this(200, contentType, Optional.empty());
    }
}
