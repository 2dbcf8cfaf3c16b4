package io.inferencemetrics.metric;

import java.util.Arrays;

/**
 * The buckets of a histogram as the server gave them, with sum and count.
 *
 * <p>Counts are cumulative as on the wire: {@code cumulativeCount(i)} observations were at most {@code upperBound(i)}.
 * Bounds rise; the last is {@code +Inf} where the server gave that bucket. A value without buckets (a summary) has only sum and count.
 * Immutable.
 */
public final class HistogramValue {
    private final double[] upperBounds;
    private final long[] cumulativeCounts;
    private final double sum;
    private final long count;

    /**
     * Creates a value; the arrays are copied.
     *
     * @param upperBounds rising bounds in the metric's unit
     * @param cumulativeCounts as many counts, each of all observations up to its bound
     * @param sum of all observations in the metric's unit, NaN where the server gave none
     * @param count of all observations
     * @throws IllegalArgumentException when the arrays differ in length or the bounds do not rise
     */
    public HistogramValue(double[] upperBounds, long[] cumulativeCounts, double sum, long count) {
        if (upperBounds.length != cumulativeCounts.length) {
            throw new IllegalArgumentException(
                    upperBounds.length + " bounds, but " + cumulativeCounts.length + " counts");
        }
        for (int i = 1; i < upperBounds.length; i++) {
            if (!(upperBounds[i - 1] < upperBounds[i])) {
                throw new IllegalArgumentException("bounds must rise: " + upperBounds[i - 1] + ", " + upperBounds[i]);
            }
        }
        this.upperBounds = upperBounds.clone();
        this.cumulativeCounts = cumulativeCounts.clone();
        this.sum = sum;
        this.count = count;
    }

    /** How many buckets there are. */
    public int buckets() {
        return upperBounds.length;
    }

    /** The inclusive upper bound of a bucket, in the metric's unit. */
    public double upperBound(int bucket) {
        return upperBounds[bucket];
    }

    /** How many observations were at most the bucket's bound. */
    public long cumulativeCount(int bucket) {
        return cumulativeCounts[bucket];
    }

    /** The sum of all observations in the metric's unit; NaN where the server gave none. */
    public double sum() {
        return sum;
    }

    /** The number of all observations. */
    public long count() {
        return count;
    }

    /** The exact mean of all observations; NaN when there are none. */
    public double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    /** Whether another value has the same bounds, so that counts can be added. */
    public boolean hasBoundsOf(HistogramValue other) {
        return Arrays.equals(upperBounds, other.upperBounds);
    }

    /**
     * The same observations in another unit: bounds and sum.
     *
     * @throws IllegalArgumentException when the two units measure different things
     */
    public HistogramValue converted(Unit from, Unit to) {
        if (from == to) {
            return this;
        }
        return new HistogramValue(
                Arrays.stream(upperBounds).map(bound -> from.convert(bound, to)).toArray(),
                cumulativeCounts,
                from.convert(sum, to),
                count);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof HistogramValue h
                && hasBoundsOf(h)
                && Arrays.equals(cumulativeCounts, h.cumulativeCounts)
                && Double.compare(sum, h.sum) == 0
                && count == h.count;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(cumulativeCounts) + Double.hashCode(sum);
    }

    @Override
    public String toString() {
        return "count=" + count + " sum=" + sum + " buckets=" + upperBounds.length;
    }
}
