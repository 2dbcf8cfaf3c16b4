package io.inferencemetrics.testkit.internal;

/** Tokens per second between two log lines, of which the engine writes one every so many steps. */
final class Throughput {
    private static final int LOG_INTERVAL_STEPS = 40;

    private double generatedPerSecond;
    private double promptPerSecond;
    private long generated;
    private long prompt;
    private long time;

    void afterStep(long steps, long generatedTokens, long promptTokens, long now) {
        if (steps % LOG_INTERVAL_STEPS == 0) {
            double seconds = Math.max(1, now - time) / 1e9;
            generatedPerSecond = (generatedTokens - generated) / seconds;
            promptPerSecond = (promptTokens - prompt) / seconds;
            generated = generatedTokens;
            prompt = promptTokens;
            time = now;
        }
    }

    double generatedPerSecond() {
        return generatedPerSecond;
    }

    double promptPerSecond() {
        return promptPerSecond;
    }
}
