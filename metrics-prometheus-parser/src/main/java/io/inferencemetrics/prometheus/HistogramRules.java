package io.inferencemetrics.prometheus;

import org.jspecify.annotations.Nullable;

/** Checks the buckets, sum and count of one point of a histogram or gaugehistogram. */
final class HistogramRules {
    private boolean hasBuckets;
    private double bound;
    private double cumulated;
    private boolean negativeBounds;
    private boolean hasCount;
    private double count;
    private boolean hasSum;
    private boolean gauge;
    private double sum;

    void start() {
        hasBuckets = false;
        negativeBounds = false;
        hasCount = false;
        hasSum = false;
    }

    /** Takes in a bucket; what was expected instead, or null. */
    @Nullable
    String bucket(double newBound, double newCumulated) {
        if (hasBuckets && !(newBound > bound)) {
            return "buckets in increasing order of le";
        }
        if (hasBuckets && newCumulated < cumulated) {
            return "buckets that are cumulative: none below the one before";
        }
        hasBuckets = true;
        bound = newBound;
        cumulated = newCumulated;
        negativeBounds |= newBound < 0;
        return null;
    }

    void other(SampleKind kind, double value) {
        if (kind == SampleKind.COUNT || kind == SampleKind.GAUGE_COUNT) {
            hasCount = true;
            count = value;
        } else if (kind == SampleKind.SUM || kind == SampleKind.GAUGE_SUM) {
            hasSum = true;
            sum = value;
            gauge = kind == SampleKind.GAUGE_SUM;
        }
    }

    /** What was expected of the point that has ended and did not come, or null. */
    @Nullable
    String end() {
        if (!hasBuckets || bound != Double.POSITIVE_INFINITY) {
            return "a bucket with le=\"+Inf\"";
        }
        if (hasCount != hasSum) {
            return "a sum if and only if there is a count";
        }
        if (hasCount && count != cumulated) {
            return "a count that equals the bucket with le=\"+Inf\"";
        }
        if (hasSum && !gauge && negativeBounds) {
            return "no sum where a bucket's bound is negative";
        }
        if (hasSum && gauge && sum < 0 && !negativeBounds) {
            return "a sum that is not negative where no bucket's bound is";
        }
        return null;
    }
}
