package io.inferencemetrics.testkit.internal;

import java.util.List;

/** What is counted about prompts: how much of them was cached, when they are let in and when their prefill is done. */
final class PrefixTally {
    private final Count queried;
    private final Count hit;
    private final Count queriedBlocks;
    private final Count hitBlocks;
    private final Count prefilled;
    private final Count cached;
    private final Count computed;
    private long lastRequests;
    private long lastComputed;
    private long lastCached;

    PrefixTally(Measures measures) {
        // when a request is admitted
        queried = measures.count("prefix.queried");
        hit = measures.count("prefix.hit");
        queriedBlocks = measures.count("prefix.queried_blocks");
        hitBlocks = measures.count("prefix.hit_blocks");
        // when its prefill is done
        prefilled = measures.count("prefill.tokens");
        cached = measures.count("prefill.cached");
        computed = measures.count("prefill.computed");
        measures.number("prefill.last_requests", () -> lastRequests);
        measures.number("prefill.last_tokens", () -> lastComputed);
        measures.number("prefill.last_cached", () -> lastCached);
        measures.number("prefix.last_hit_rate", () -> share(lastCached, lastCached + lastComputed));
        measures.number("prefix.hit_share", () -> share(hit.value(), queried.value()));
        measures.number("prefix.hit_percent", () -> Math.rint(1e4 * share(hit.value(), queried.value())) / 100);
        measures.number("prefix.hit_rate", () -> queried.value() == 0 ? -1 : share(hit.value(), queried.value()));
    }

    void admitted(Request request) {
        queried.add(request.plan().promptTokens());
        hit.add(request.cachedTokens());
        queriedBlocks.add(request.plan().promptTokens() / TrafficShape.BLOCK_TOKENS);
        hitBlocks.add(request.cachedTokens() / TrafficShape.BLOCK_TOKENS);
    }

    /** Says how many tokens were computed. */
    long prefilled(List<Request> batch) {
        lastRequests = batch.size();
        lastCached = batch.stream().mapToLong(Request::cachedTokens).sum();
        lastComputed = batch.stream().mapToLong(Request::uncachedTokens).sum();
        prefilled.add(lastCached + lastComputed);
        cached.add(lastCached);
        computed.add(lastComputed);
        return lastComputed;
    }

    long promptTokens() {
        return prefilled.value();
    }

    private static double share(long part, long all) {
        return all == 0 ? 0 : (double) part / all;
    }
}
