package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.testkit.internal.RequestPlan.Ending;

/** A request in the engine; times are nanoseconds since the engine started. */
final class Request {
    private final RequestPlan plan;
    private final String adapter;
    private long scheduledAt;
    private long firstTokenAt;
    private long lastTokenAt;
    private int cachedTokens;
    private int generated;
    private int preemptions;

    /** @param adapter empty for none */
    Request(RequestPlan plan, String adapter) {
        this.plan = plan;
        this.adapter = adapter;
    }

    void schedule(long now, int cached) {
        scheduledAt = now;
        cachedTokens = cached;
    }

    /** Adds a token and says how long the one before was ago, in seconds; NaN for the first. */
    double addToken(long now) {
        double gap = generated == 0 ? Double.NaN : seconds(lastTokenAt, now);
        if (generated == 0) {
            firstTokenAt = now;
        }
        lastTokenAt = now;
        generated++;
        return gap;
    }

    RequestPlan plan() {
        return plan;
    }

    String adapter() {
        return adapter;
    }

    /** Its KV is given up; the prompt and what was generated are computed again. */
    void preempt() {
        preemptions++;
    }

    int preemptions() {
        return preemptions;
    }

    boolean ended() {
        return generated >= plan.tokens();
    }

    boolean successful() {
        return plan.ending() == Ending.STOPPED || plan.ending() == Ending.CUT;
    }

    int generated() {
        return generated;
    }

    int cachedTokens() {
        return cachedTokens;
    }

    int uncachedTokens() {
        return plan.promptTokens() - cachedTokens;
    }

    int tokens() {
        return plan.promptTokens() + generated;
    }

    int reservedTokens() {
        return plan.promptTokens() + plan.maxTokens();
    }

    double queueSeconds() {
        return seconds(plan.arrivedAt(), scheduledAt);
    }

    double firstTokenSeconds() {
        return seconds(plan.arrivedAt(), firstTokenAt);
    }

    double prefillSeconds() {
        return seconds(scheduledAt, firstTokenAt);
    }

    double decodeSeconds() {
        return seconds(firstTokenAt, lastTokenAt);
    }

    double inferenceSeconds() {
        return seconds(scheduledAt, lastTokenAt);
    }

    double wholeSeconds() {
        return seconds(plan.arrivedAt(), lastTokenAt);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
