package io.inferencemetrics.window;

import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a gauge moved over a window, by the readings that were made of it.
 *
 * <p>Each reading stands for half of the time to its neighbours: what happened between two readings nobody knows, and the
 * mean is that of straight lines between them. A stretch between two readings that is longer than the caller allows is
 * stale: it is left out, and {@link #stale()} says how much of that there was. Immutable.
 */
public final class GaugeOverTime {
    private final Reading<Double> last;
    private final double[] values;
    /** In nanoseconds, of each value; all 0 where no stretch counts. */
    private final long[] weights;

    private final Duration covered;
    private final Duration stale;

    private GaugeOverTime(Reading<Double> last, double[] values, long[] weights, long covered, long stale) {
        this.last = last;
        this.values = values;
        this.weights = weights;
        this.covered = Duration.ofNanos(covered);
        this.stale = Duration.ofNanos(stale);
    }

    static GaugeOverTime of(List<MetricsSnapshot> snapshots, long[] moments, NumericMetric metric, Duration longest) {
        int[] said = IntStream.range(0, moments.length)
                .filter(i -> snapshots.get(i).reading(metric) instanceof Reading.Value)
                .toArray();
        double[] values = Arrays.stream(said)
                .mapToDouble(i -> snapshots.get(i).value(metric))
                .toArray();
        long[] weights = new long[values.length];
        long covered = 0;
        for (int i = 1; i < weights.length; i++) {
            long stretch = moments[said[i]] - moments[said[i - 1]];
            if (Duration.ofNanos(stretch).compareTo(longest) <= 0) {
                weights[i - 1] += stretch / 2;
                weights[i] += stretch - stretch / 2;
                covered += stretch;
            }
        }
        long whole = moments[moments.length - 1] - moments[0];
        return new GaugeOverTime(
                snapshots.get(snapshots.size() - 1).reading(metric), values, weights, covered, whole - covered);
    }

    /** What the last snapshot says, or why it says nothing. */
    public Reading<Double> last() {
        return last;
    }

    /** How many snapshots have a value of the gauge. */
    public int readings() {
        return values.length;
    }

    /** The time for which the gauge is known. */
    public Duration covered() {
        return covered;
    }

    /** The time of the window for which it is not. */
    public Duration stale() {
        return stale;
    }

    /** The smallest reading; NaN where there is none. */
    public double min() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /** The greatest reading; NaN where there is none. */
    public double max() {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** The mean over the time covered; NaN where that is none. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
        }
        return covered.isZero() ? Double.NaN : sum / covered.toNanos();
    }

    /** The standard deviation over the time covered; NaN where that is none. */
    public double standardDeviation() {
        double mean = mean();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (values[i] - mean) * (values[i] - mean) * weights[i];
        }
        return covered.isZero() ? Double.NaN : Math.sqrt(sum / covered.toNanos());
    }

    /**
     * The smallest reading at or below which the gauge was for this share of the time covered; NaN where that is none.
     *
     * @param q between 0 and 1
     * @throws IllegalArgumentException when q is not
     */
    public double quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("a quantile between 0 and 1 was expected, not " + q);
        }
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        double below = 0;
        double found = Double.NaN;
        for (int place : order) {
            below += weights[place];
            found = weights[place] > 0 ? values[place] : found;
            if (weights[place] > 0 && below >= q * covered.toNanos()) {
                return found;
            }
        }
        return found;
    }
}
