package io.inferencemetrics.window;

import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Reading;

/** Works out quantiles of histograms. */
final class Quantiles {
    /** So much less than a whole observation that only the rounding of a product can be to blame. */
    private static final double ROUNDING = 1e-9;

    private Quantiles() {}

    static Quantile of(Reading<HistogramValue> histogram, Metric<Double> key, double q, Estimate estimate) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("a quantile between 0 and 1 was expected, not " + q);
        }
        if (!(histogram instanceof Reading.Value<HistogramValue> value)) {
            return none(Readings.map(histogram, key, HistogramValue::mean));
        }
        HistogramValue buckets = value.value();
        if (buckets.buckets() == 0) {
            return none(new Reading.Absent<>(
                    key, Absence.NOT_EXPOSED, "the engine gives sum and count, but no buckets", value.provenance()));
        }
        return total(buckets) == 0
                ? none(new Reading.NoObservations<>(key, value.provenance()))
                : in(value, key, bucketOf(buckets, q), q, estimate);
    }

    private static Quantile none(Reading<Double> reading) {
        return new Quantile(reading, Double.NaN, Double.NaN, 0, false);
    }

    private static long total(HistogramValue buckets) {
        int last = buckets.buckets() - 1;
        long counted = buckets.cumulativeCount(last);
        return Double.isInfinite(buckets.upperBound(last)) ? counted : Math.max(counted, buckets.count());
    }

    /** The first bucket that reaches the rank; behind the last one if none does. */
    private static int bucketOf(HistogramValue buckets, double q) {
        long rank = Math.max(1, (long) Math.ceil(q * total(buckets) - ROUNDING));
        int bucket = 0;
        while (bucket < buckets.buckets() && buckets.cumulativeCount(bucket) < rank) {
            bucket++;
        }
        return bucket;
    }

    private static Quantile in(
            Reading.Value<HistogramValue> from, Metric<Double> key, int bucket, double q, Estimate estimate) {
        HistogramValue buckets = from.value();
        long count = total(buckets);
        boolean overflow = bucket == buckets.buckets() || Double.isInfinite(buckets.upperBound(bucket));
        double high = overflow ? Double.POSITIVE_INFINITY : buckets.upperBound(bucket);
        double low = bucket > 0 ? Lean.lower(buckets, bucket) : Math.min(0, high);
        double value = overflow ? low : low + (high - low) * position(buckets, bucket, q * count, high - low, estimate);
        return new Quantile(Readings.map(from, key, histogram -> value), low, high, count, overflow);
    }

    /** Where in its bucket a rank lies, as a share of its width. */
    private static double position(HistogramValue buckets, int bucket, double rank, double width, Estimate estimate) {
        long below = bucket > 0 ? buckets.cumulativeCount(bucket - 1) : 0;
        double share = Math.max(0, (rank - below) / Lean.count(buckets, bucket));
        return estimate == Estimate.LINEAR ? share : Lean.of(buckets).position(share, width);
    }
}
