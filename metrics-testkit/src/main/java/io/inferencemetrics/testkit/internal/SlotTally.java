package io.inferencemetrics.testkit.internal;

import java.util.List;

/** What an engine with slots counts: times that count when a request ends, and means since the last scrape. */
final class SlotTally {
    private double promptSeconds;
    private double generatedSeconds;
    private long generatedTokens;
    private long promptTokens;
    private long decodes;
    private long busySlots;
    private long longest;
    private Window window = new Window(0, 0, 0, 0);

    /** What was counted at the last scrape. */
    private record Window(long promptTokens, double promptSeconds, long generatedTokens, double generatedSeconds) {}

    SlotTally(Measures measures) {
        measures.number("slots.prompt_seconds", () -> promptSeconds);
        measures.number("slots.generated_seconds", () -> generatedSeconds);
        measures.number("slots.decodes", () -> decodes);
        measures.number("slots.longest", () -> longest);
        measures.number("slots.busy_mean", () -> rate(busySlots, decodes));
        measures.number(
                "slots.prompt_rate",
                () -> rate(promptTokens - window.promptTokens(), promptSeconds - window.promptSeconds()));
        measures.number(
                "slots.generated_rate",
                () -> rate(generatedTokens - window.generatedTokens(), generatedSeconds - window.generatedSeconds()));
    }

    void prefilled(long computedTokens, double seconds) {
        promptTokens += computedTokens;
        promptSeconds += seconds;
    }

    void decoded(List<Request> batch) {
        decodes++;
        busySlots += batch.size();
        longest =
                Math.max(longest, batch.stream().mapToInt(Request::tokens).max().orElse(0));
    }

    void ended(Request request) {
        generatedTokens += request.generated();
        generatedSeconds += request.decodeSeconds();
    }

    /** Whoever scrapes begins the means anew for everybody. */
    void scraped() {
        window = new Window(promptTokens, promptSeconds, generatedTokens, generatedSeconds);
    }

    private static double rate(double part, double of) {
        return of == 0 ? 0 : part / of;
    }
}
