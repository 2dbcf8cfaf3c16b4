package io.inferencemetrics.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures ways to read side by side: all are alive at once and take turns, in an order that is new in every round, in
 * slices of 50 ms. On a noisy machine only what was measured together can be compared, and only by ratios in a round.
 */
final class Race {
    private static final long SLICE_NANOS = 50_000_000;
    private static final int WARM_UP_ROUNDS = 10;

    private Race() {}

    /** What each way did, in the order given. */
    static Results run(List<Way> ways, int rounds) {
        double[][] speeds = new double[ways.size()][rounds];
        long[] allocated = new long[ways.size()];
        Arrays.fill(allocated, Long.MAX_VALUE);
        List<Integer> order = new ArrayList<>();
        for (int way = 0; way < ways.size(); way++) {
            order.add(way);
        }
        Random random = new Random(1);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            Collections.shuffle(order, random);
            for (int way : order) {
                Way.Slice slice = ways.get(way).slice(SLICE_NANOS);
                if (round >= 0) {
                    speeds[way][round] = (double) slice.bytes() / slice.nanos();
                    allocated[way] = Math.min(allocated[way], slice.allocatedPerScrape());
                }
            }
        }
        Map<String, Results.Result> results = new LinkedHashMap<>();
        for (int way = 0; way < ways.size(); way++) {
            results.put(ways.get(way).name(), new Results.Result(speeds[way], allocated[way]));
        }
        return new Results(results);
    }
}
