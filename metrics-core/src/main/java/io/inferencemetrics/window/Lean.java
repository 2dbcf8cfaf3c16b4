package io.inferencemetrics.window;

import io.inferencemetrics.metric.HistogramValue;

/**
 * How the observations of a histogram lean within their buckets, so that its exact sum comes out.
 *
 * <p>The density in a bucket grows as {@code exp(rate · x)}, with one rate for all buckets, found by bisection: the sum grows
 * with the rate. Rate 0 is even.
 */
final class Lean {
    private static final int STEPS = 200;

    /** Beyond, all of a bucket lies at one end as far as a double can tell; within 0.0001 of 0 a series is more exact. */
    private static final double STEEPEST = 500;

    private static final double EVEN = 1e-4;

    private final double rate;

    private Lean(double rate) {
        this.rate = rate;
    }

    /** Evenly where the sum is not known, or an observation lies above the last bound. */
    static Lean of(HistogramValue histogram) {
        int last = histogram.buckets() - 1;
        boolean bounded = !Double.isInfinite(histogram.upperBound(last)) || count(histogram, last) == 0;
        return bounded && !Double.isNaN(histogram.sum()) ? solved(histogram) : new Lean(0);
    }

    private static Lean solved(HistogramValue histogram) {
        double widest = 0;
        for (int i = 0; i < histogram.buckets(); i++) {
            widest = count(histogram, i) > 0 ? Math.max(widest, width(histogram, i)) : widest;
        }
        double narrowest = widest;
        for (int i = 0; i < histogram.buckets(); i++) {
            boolean counts = count(histogram, i) > 0 && width(histogram, i) > 0;
            narrowest = counts ? Math.min(narrowest, width(histogram, i)) : narrowest;
        }
        double low = -STEEPEST / narrowest;
        double high = STEEPEST / narrowest;
        for (int step = 0; step < STEPS && widest > 0; step++) {
            double middle = (low + high) / 2;
            boolean less = sum(histogram, middle) < histogram.sum();
            low = less ? middle : low;
            high = less ? high : middle;
        }
        return new Lean(widest > 0 ? (low + high) / 2 : 0);
    }

    private static double sum(HistogramValue histogram, double rate) {
        double sum = 0;
        for (int i = 0; i < histogram.buckets(); i++) {
            long count = count(histogram, i);
            if (count > 0) {
                double width = width(histogram, i);
                sum += count * (lower(histogram, i) + width * mean(rate * width));
            }
        }
        return sum;
    }

    static long count(HistogramValue histogram, int bucket) {
        return histogram.cumulativeCount(bucket) - (bucket > 0 ? histogram.cumulativeCount(bucket - 1) : 0);
    }

    static double lower(HistogramValue histogram, int bucket) {
        return bucket > 0 ? histogram.upperBound(bucket - 1) : Math.min(0, histogram.upperBound(0));
    }

    private static double width(HistogramValue histogram, int bucket) {
        return histogram.upperBound(bucket) - lower(histogram, bucket);
    }

    /** The mean of a density that grows as {@code exp(t·x)} between 0 and 1. */
    private static double mean(double t) {
        return Math.abs(t) < EVEN ? 0.5 + t / 12 : 1 / -Math.expm1(-t) - 1 / t;
    }

    /** Where within a bucket of this width so much of it lies below: a share of the width. */
    double position(double share, double width) {
        double t = rate * width;
        if (Math.abs(t) < EVEN) {
            return share;
        }
        double position = t > STEEPEST
                ? 1 + Math.log(share) / t
                : t < -STEEPEST ? Math.log1p(-share) / t : Math.log1p(share * Math.expm1(t)) / t;
        return Math.max(0, Math.min(1, position));
    }
}
