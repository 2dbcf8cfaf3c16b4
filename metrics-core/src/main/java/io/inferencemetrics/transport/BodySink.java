package io.inferencemetrics.transport;

import java.nio.ByteBuffer;

/**
 * Takes a body in the chunks in which it arrives, uncompressed.
 *
 * <p>Called by one thread at a time. What it throws ends the fetch.
 */
public interface BodySink {

    /** The body is about to come; called once, and only where the server answered 200. */
    void begin(ResponseHead head);

    /** A further piece of the body, to be used during the call only. */
    void chunk(ByteBuffer chunk);
}
