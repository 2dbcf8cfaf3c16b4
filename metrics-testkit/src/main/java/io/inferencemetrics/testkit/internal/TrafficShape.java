package io.inferencemetrics.testkit.internal;

/**
 * How much traffic there is, and how large the engine.
 *
 * @param requestsPerSecond on average; it swells and ebbs
 * @param warmUp whether the engine sends itself one request when it starts
 */
record TrafficShape(double requestsPerSecond, boolean warmUp) {
    /** Requests in one batch. */
    static final int SLOTS = 32;
    /** Requests in the queue; one more is refused. */
    static final int QUEUE = 512;
    /** Tokens that the KV cache holds. */
    static final int KV_TOKENS = 40_960;
    /** Tokens in a block of the KV cache. */
    static final int BLOCK_TOKENS = 16;
}
