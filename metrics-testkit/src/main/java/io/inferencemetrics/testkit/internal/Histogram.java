package io.inferencemetrics.testkit.internal;

import java.util.Arrays;

/** Observations, scaled, counted between bounds. */
final class Histogram {
    private final double[] bounds;
    private final double scale;
    private final long[] counts;
    private long count;
    private double sum;

    Histogram(double[] bounds, double scale) {
        this.bounds = bounds;
        this.scale = scale;
        this.counts = new long[bounds.length + 1];
    }

    void observe(double value) {
        double scaled = value * scale;
        int index = Arrays.binarySearch(bounds, scaled);
        counts[index < 0 ? -index - 1 : index]++;
        count++;
        sum += scaled;
    }

    double[] bounds() {
        return bounds;
    }

    /** How many observations each bound holds, those of smaller bounds included. */
    long[] cumulative() {
        long[] cumulative = counts.clone();
        Arrays.parallelPrefix(cumulative, Long::sum);
        return cumulative;
    }

    long count() {
        return count;
    }

    double sum() {
        return sum;
    }
}
