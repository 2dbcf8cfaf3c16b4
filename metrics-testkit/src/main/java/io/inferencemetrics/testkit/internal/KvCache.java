package io.inferencemetrics.testkit.internal;

import java.util.BitSet;
import java.util.Collection;
import java.util.stream.Stream;

/** The KV cache: what running requests use, what finished ones left behind, and which beginnings are known. */
final class KvCache {
    /** A group of prompts whose beginning was here before. */
    static final int ALWAYS_KNOWN = 63;

    private final Collection<Request> running;
    private final Collection<Request> timed;
    private final BitSet knownPrefixes = new BitSet();
    private final Count evicted;
    private final Distribution evictionSeconds;
    private long evictable;

    /** Of the requests in the batch and of those with given times, for which there is room whatever the batch does. */
    KvCache(Collection<Request> running, Collection<Request> timed, Measures measures) {
        this.running = running;
        this.timed = timed;
        knownPrefixes.set(ALWAYS_KNOWN);
        evicted = measures.count("kv.evicted");
        evictionSeconds = measures.distribution("eviction.seconds");
        measures.number("kv.capacity", () -> TrafficShape.KV_TOKENS);
        measures.number("kv.used", this::used);
        measures.number("kv.evictable", () -> evictable);
        measures.number("kv.available", () -> TrafficShape.KV_TOKENS - used() - evictable);
        measures.number("kv.reserved", this::reserved);
        measures.number("kv.usage", () -> (double) used() / TrafficShape.KV_TOKENS);
        measures.number("kv.usage_rounded", () -> Math.round(100.0 * used() / TrafficShape.KV_TOKENS) / 100.0);
        measures.number("kv.block_usage", this::blockUsage);
    }

    /** Whether the request fits even when its answer gets as long as it may. */
    boolean fits(Request request) {
        return reserved() + request.reservedTokens() <= TrafficShape.KV_TOKENS;
    }

    /** Whether the prompt fits, and another token of each of the others. */
    boolean fitsNow(Request request, int others) {
        return tokens() + request.tokens() + others < TrafficShape.KV_TOKENS;
    }

    /** Whether so many more tokens are too many. */
    boolean isFullFor(int more) {
        return tokens() + more > TrafficShape.KV_TOKENS;
    }

    /** How many tokens of a prompt are already here. */
    int lookUp(RequestPlan plan) {
        return knownPrefixes.get(plan.prefixGroup()) ? plan.prefixTokens() : 0;
    }

    void remember(RequestPlan plan) {
        if (plan.prefixTokens() > 0) {
            knownPrefixes.set(plan.prefixGroup());
        }
    }

    void leaveBehind(Request request) {
        evictable += request.tokens() - request.cachedTokens();
    }

    void makeRoom() {
        long tooMany = used() + evictable - TrafficShape.KV_TOKENS;
        if (tooMany > 0) {
            evictable -= tooMany;
            evicted.add(tooMany);
            evictionSeconds.observe(1e-4 + tooMany * 1e-7);
        }
    }

    private long used() {
        return Math.min(TrafficShape.KV_TOKENS, tokens());
    }

    private long tokens() {
        return held().mapToLong(Request::tokens).sum();
    }

    private long reserved() {
        return Math.min(
                TrafficShape.KV_TOKENS,
                held().mapToLong(Request::reservedTokens).sum());
    }

    private Stream<Request> held() {
        return Stream.concat(running.stream(), timed.stream());
    }

    /** vLLM keeps one block for itself. */
    private double blockUsage() {
        long blocks = held().mapToLong(request -> -Math.floorDiv(-request.tokens(), TrafficShape.BLOCK_TOKENS))
                .sum();
        return Math.min(1, (double) blocks / (TrafficShape.KV_TOKENS / TrafficShape.BLOCK_TOKENS - 1));
    }
}
