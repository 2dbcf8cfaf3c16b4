package io.inferencemetrics.window;

import io.inferencemetrics.snapshot.Reading;

/**
 * A quantile of what a histogram observed within a window, with the bracket that it is sure of.
 *
 * <p>Buckets do not say where in them an observation lies. {@link #value()} supposes that they are spread evenly, as
 * Prometheus' {@code histogram_quantile} does, unless another {@link Estimate} was asked for; the true quantile, the observation at the rank {@code ⌈q·count⌉}, lies above
 * {@link #low()} and at most at {@link #high()}, as surely as the buckets are right.
 *
 * @param reading the estimate in the metric's unit; under the metric's name with {@code .p99} or the like behind it
 * @param low the lower end of the bracket, NaN where there is no value
 * @param high the upper end of the bracket; infinite where the quantile lies above the last bound, NaN where there is no value
 * @param count how many observations the window has
 * @param inOverflowBucket whether the quantile lies above the last bound, which {@link #value()} then is: a lower limit only
 */
public record Quantile(Reading<Double> reading, double low, double high, long count, boolean inOverflowBucket) {

    /** The estimate in the metric's unit; NaN where there is none. */
    public double value() {
        return reading.optional().orElse(Double.NaN);
    }
}
