package io.inferencemetrics.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each way to read an input did in a race, by its name. */
record Results(Map<String, Result> byWay) {
    /**
     * What a way did in each round.
     *
     * @param speeds in bytes a nanosecond
     * @param allocatedPerScrape the least bytes of any round: the JVM itself may allocate now and then, a reader would always
     */
    record Result(double[] speeds, long allocatedPerScrape) {
        Spread speed() {
            return Spread.of(speeds);
        }
    }

    /** A median, and the middle 80 % of all rounds. */
    record Spread(double low, double median, double high) {
        static Spread of(double[] rounds) {
            double[] sorted = rounds.clone();
            Arrays.sort(sorted);
            int last = sorted.length - 1;
            double median = (sorted[last / 2] + sorted[sorted.length / 2]) / 2;
            return new Spread(sorted[last / 10], median, sorted[last - last / 10]);
        }
    }

    Set<String> ways() {
        return byWay.keySet();
    }

    Result of(String way) {
        Result result = byWay.get(way);
        if (result == null) {
            throw new IllegalArgumentException("no result of " + way);
        }
        return result;
    }

    /** How many times as fast as another a way is, round by round; empty where one of them did not take part. */
    Optional<Spread> times(String way, String other) {
        Result left = byWay.get(way);
        Result right = byWay.get(other);
        if (left == null || right == null) {
            return Optional.empty();
        }
        double[] ratios = new double[left.speeds.length];
        Arrays.setAll(ratios, round -> left.speeds[round] / right.speeds[round]);
        return Optional.of(Spread.of(ratios));
    }
}
