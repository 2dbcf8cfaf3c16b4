package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.testkit.internal.RequestPlan.Ending;
import java.util.Random;

/** The requests that clients send, one after the other, the same for the same seed. */
final class Arrivals {
    private static final double SWELL = 0.9;
    private static final double SWELL_SECONDS = 90;
    private static final int GROUPS = 4;
    private static final int MAX_PROMPT_TOKENS = 4_000;

    private final Random random;
    private final double hangUps;
    private double requestsPerSecond;
    private double seconds;
    private RequestPlan next;

    Arrivals(TrafficShape shape, long seed) {
        this.random = new Random(seed);
        this.requestsPerSecond = shape.requestsPerSecond();
        this.hangUps = shape.hangUps();
        this.next = shape.warmUp() ? new RequestPlan(0, 29, 0, 0, 8, 8, Ending.CUT, false) : drawn();
    }

    /** Another average from that time on: the request that would have come next is drawn anew. */
    void requestsPerSecond(double value, long from) {
        requestsPerSecond = value;
        seconds = from / 1e9;
        next = drawn();
    }

    /** When the next request comes, in nanoseconds since the start. */
    long nextAt() {
        return next.arrivedAt();
    }

    RequestPlan take() {
        RequestPlan taken = next;
        next = drawn();
        return taken;
    }

    private RequestPlan drawn() {
        if (requestsPerSecond == 0) {
            return new RequestPlan(Long.MAX_VALUE, 0, 0, 0, 0, 0, Ending.INVALID, false);
        }
        double peak = requestsPerSecond * (1 + SWELL);
        do {
            seconds += exponential(1 / peak);
        } while (random.nextDouble() * peak > rateAt(seconds));
        return plan((long) (seconds * 1e9));
    }

    private double rateAt(double time) {
        return requestsPerSecond * (1 + SWELL * StrictMath.sin(2 * Math.PI * time / SWELL_SECONDS));
    }

    private RequestPlan plan(long arrivedAt) {
        int group = random.nextInt(GROUPS);
        int prefix = 128 * (group + 1);
        int prompt = Math.min(MAX_PROMPT_TOKENS, prefix + 1 + (int) exponential(250));
        int maxTokens = 256 << random.nextInt(3);
        int wanted = 2 + (int) exponential(320);
        int given = Math.min(wanted, maxTokens);
        Ending ending = endingOf(wanted > maxTokens);
        int tokens = ending == Ending.HUNG_UP ? 1 + random.nextInt(given) : given;
        return new RequestPlan(arrivedAt, prompt, group, prefix, maxTokens, tokens, ending, random.nextDouble() < 0.75);
    }

    private Ending endingOf(boolean cut) {
        double chance = random.nextDouble();
        if (chance < 0.01) {
            return Ending.INVALID;
        }
        if (chance < 0.01 + hangUps) {
            return Ending.HUNG_UP;
        }
        return cut ? Ending.CUT : Ending.STOPPED;
    }

    /** StrictMath, because the same seed has to give the same bytes on every machine. */
    private double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }
}
