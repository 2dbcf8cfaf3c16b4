package io.inferencemetrics.testkit.internal;

import java.util.List;

/**
 * How much traffic there is, and how large the engine.
 *
 * @param requestsPerSecond on average; it swells and ebbs
 * @param warmUp whether the engine sends itself one request when it starts
 * @param hangUps share of clients that go away
 * @param preempts whether a request is let in as soon as its prompt fits, and sent back when the cache is full; otherwise it
 *     waits until its longest answer fits
 * @param loras adapters that requests ask for in turn, after one that asks for none
 */
record TrafficShape(double requestsPerSecond, boolean warmUp, double hangUps, boolean preempts, List<String> loras) {
    /** Requests in one batch. */
    static final int SLOTS = 32;
    /** The same where a full cache sends requests back: more than fit when their answers get long. */
    static final int SLOTS_WITH_PREEMPTION = 48;
    /** Requests in the queue; one more is refused. */
    static final int QUEUE = 512;
    /** Tokens that the KV cache holds. */
    static final int KV_TOKENS = 40_960;
    /** Tokens in a block of the KV cache. */
    static final int BLOCK_TOKENS = 16;

    int slots() {
        return preempts ? SLOTS_WITH_PREEMPTION : SLOTS;
    }
}
