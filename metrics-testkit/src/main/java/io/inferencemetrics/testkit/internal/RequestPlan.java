package io.inferencemetrics.testkit.internal;

/**
 * What a client asks for, and what will become of it.
 *
 * @param arrivedAt nanoseconds since the engine started
 * @param promptTokens in all
 * @param prefixGroup which shared beginning the prompt has
 * @param prefixTokens how long that beginning is
 * @param maxTokens the limit the client set
 * @param tokens after how many it ends
 * @param ending why it ends
 * @param streamed whether tokens are sent as they come
 */
record RequestPlan(
        long arrivedAt,
        int promptTokens,
        int prefixGroup,
        int prefixTokens,
        int maxTokens,
        int tokens,
        Ending ending,
        boolean streamed) {

    /** Why a request ends. */
    enum Ending {
        STOPPED,
        CUT,
        HUNG_UP,
        INVALID
    }
}
