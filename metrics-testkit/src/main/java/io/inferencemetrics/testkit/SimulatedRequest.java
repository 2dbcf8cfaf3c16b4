package io.inferencemetrics.testkit;

import io.inferencemetrics.testkit.internal.Submission;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request that a test hands to a simulated engine, so that it knows what the metrics have to say.
 *
 * <pre>{@code
 * vllm.idle().submit(SimulatedRequest.of(100, 20)
 *         .withTimes(Duration.ofMillis(500), Duration.ofMillis(250), Duration.ofMillis(100)));
 * }</pre>
 *
 * <p>With times, the request waits, is prefilled and gets its tokens exactly then, whatever else the engine does: its time
 * to the first token is 0.75 s here, and it ends after 2.65 s. Without times, it takes its place among the others.
 *
 * @param arrivesAfter how long after it was handed in, zero or more
 * @param promptTokens 1 or more
 * @param cachedTokens how many of them the engine finds in its prefix cache, less than all
 * @param outputTokens how many the answer would have, 1 or more
 * @param maxTokens the client's limit, at least as much; an answer that reaches it ends for its length
 * @param hangsUpAfter after how many tokens the client goes away, 1 to all; empty for a client that stays
 * @param times how long everything takes; empty for what the engine makes of it
 * @param streamed whether the tokens are sent one by one
 */
public record SimulatedRequest(
        Duration arrivesAfter,
        int promptTokens,
        int cachedTokens,
        int outputTokens,
        int maxTokens,
        OptionalInt hangsUpAfter,
        Optional<Times> times,
        boolean streamed) {
    private static final int MOST_TOKENS = 40_960;

    /**
     * How long the parts of a request take, each zero or more.
     *
     * @param queue from the arrival to the start of prefill
     * @param prefill from there to the first token
     * @param perToken from each token to the next
     */
    public record Times(Duration queue, Duration prefill, Duration perToken) {
        /**
         * Checks that no time is negative.
         *
         * @throws IllegalArgumentException when one is
         */
        public Times {
            check(!queue.isNegative() && !prefill.isNegative() && !perToken.isNegative(), "times of zero or more");
        }
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of range, or the cache of 40,960 tokens could never hold it
     */
    public SimulatedRequest {
        check(!arrivesAfter.isNegative(), "an arrival after zero or more");
        check(promptTokens > 0 && outputTokens > 0, "a prompt and an answer of one token or more");
        check(cachedTokens >= 0 && cachedTokens < promptTokens, "less cached tokens than the prompt has");
        check(maxTokens >= outputTokens, "a limit that is no less than the answer");
        check((long) promptTokens + maxTokens <= MOST_TOKENS, "at most " + MOST_TOKENS + " tokens with the limit");
        int last = hangsUpAfter.orElse(1);
        check(last > 0 && last <= outputTokens, "a client that hangs up after a token of the answer");
    }

    /** A streamed request of that size that arrives at once, finds nothing in the cache and ends by itself. */
    public static SimulatedRequest of(int promptTokens, int outputTokens) {
        return new SimulatedRequest(
                Duration.ZERO,
                promptTokens,
                0,
                outputTokens,
                outputTokens + 1,
                OptionalInt.empty(),
                Optional.empty(),
                true);
    }

    /** The same, so much later. */
    public SimulatedRequest arrivingAfter(Duration value) {
        return new SimulatedRequest(
                value, promptTokens, cachedTokens, outputTokens, maxTokens, hangsUpAfter, times, streamed);
    }

    /** The same with so many prompt tokens in the prefix cache. */
    public SimulatedRequest withCachedTokens(int value) {
        return new SimulatedRequest(
                arrivesAfter, promptTokens, value, outputTokens, maxTokens, hangsUpAfter, times, streamed);
    }

    /** The same with another limit; with {@code outputTokens} the answer ends for its length. */
    public SimulatedRequest withMaxTokens(int value) {
        return new SimulatedRequest(
                arrivesAfter, promptTokens, cachedTokens, outputTokens, value, hangsUpAfter, times, streamed);
    }

    /** The same with a client that goes away after so many tokens. */
    public SimulatedRequest hangingUpAfter(int tokens) {
        OptionalInt after = OptionalInt.of(tokens);
        return new SimulatedRequest(
                arrivesAfter, promptTokens, cachedTokens, outputTokens, maxTokens, after, times, streamed);
    }

    /** The same with given times. */
    public SimulatedRequest withTimes(Duration queue, Duration prefill, Duration perToken) {
        Optional<Times> given = Optional.of(new Times(queue, prefill, perToken));
        return new SimulatedRequest(
                arrivesAfter, promptTokens, cachedTokens, outputTokens, maxTokens, hangsUpAfter, given, streamed);
    }

    /** The same with an answer that is sent as a whole. */
    public SimulatedRequest unstreamed() {
        return new SimulatedRequest(
                arrivesAfter, promptTokens, cachedTokens, outputTokens, maxTokens, hangsUpAfter, times, false);
    }

    Submission submission() {
        return new Submission(
                arrivesAfter.toNanos(),
                promptTokens,
                cachedTokens,
                maxTokens,
                hangsUpAfter.orElse(outputTokens),
                hangsUpAfter.isPresent(),
                streamed,
                times.map(given -> new Submission.Times(
                        given.queue().toNanos(),
                        given.prefill().toNanos(),
                        given.perToken().toNanos())));
    }

    private static void check(boolean right, String expected) {
        if (!right) {
            throw new IllegalArgumentException("a simulated request with " + expected + " was expected");
        }
    }
}
