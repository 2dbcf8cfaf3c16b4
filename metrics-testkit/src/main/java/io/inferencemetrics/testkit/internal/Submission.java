package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.testkit.internal.RequestPlan.Ending;
import java.util.Optional;

/**
 * A request that was handed in.
 *
 * @param afterNanos how much later it arrives
 * @param promptTokens in all
 * @param cachedTokens how many of them are in the prefix cache
 * @param maxTokens the limit the client set
 * @param tokens after how many it ends
 * @param hangsUp whether it ends because the client goes away
 * @param streamed whether tokens are sent as they come
 * @param times given times; empty for the model's
 */
public record Submission(
        long afterNanos,
        int promptTokens,
        int cachedTokens,
        int maxTokens,
        int tokens,
        boolean hangsUp,
        boolean streamed,
        Optional<Times> times) {

    /**
     * Given times in nanoseconds.
     *
     * @param queue until prefill begins
     * @param prefill until the first token
     * @param perToken between two tokens
     */
    public record Times(long queue, long prefill, long perToken) {}

    RequestPlan plan(long now) {
        Ending cutOrStopped = tokens >= maxTokens ? Ending.CUT : Ending.STOPPED;
        return new RequestPlan(
                now + afterNanos,
                promptTokens,
                KvCache.ALWAYS_KNOWN,
                cachedTokens,
                maxTokens,
                tokens,
                hangsUp ? Ending.HUNG_UP : cutOrStopped,
                streamed);
    }
}
