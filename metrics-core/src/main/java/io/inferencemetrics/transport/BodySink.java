package io.inferencemetrics.transport;

import java.nio.ByteBuffer;

/**
 * Takes a body in the chunks in which it arrives, uncompressed.
 *
 * <p>Called by one thread at a time. What it throws ends the fetch.
 */
public interface BodySink {

    /**
     * Whether the body of an answer with this status is wanted too; only that of a 200 unless overridden.
     *
     * <p>Where it is not, an answer other than 200 fails the fetch. Redirects to the same server are followed first.
     */
    default boolean takes(int status) {
        return status == 200;
    }

    /** The body is about to come; called once, and only where the sink takes an answer with this status. */
    void begin(ResponseHead head);

    /** A further piece of the body, to be used during the call only. */
    void chunk(ByteBuffer chunk);
}
