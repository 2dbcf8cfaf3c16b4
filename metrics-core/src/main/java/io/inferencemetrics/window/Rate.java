package io.inferencemetrics.window;

import io.inferencemetrics.snapshot.Reading;

/**
 * How fast a counter grew over a window, or why that cannot be told.
 *
 * @param reading events a second, in the metric's unit per second; under the metric's name with {@code .rate} behind it
 * @param increase how much the counter grew, in the metric's unit; NaN where that cannot be told. Known also where the window
 *     has no length
 * @param low the least that the rate can be: servers that print few digits of a number round it
 * @param high the most that the rate can be
 */
public record Rate(Reading<Double> reading, double increase, double low, double high) {

    /** Events a second; NaN where that cannot be told. */
    public double value() {
        return reading.optional().orElse(Double.NaN);
    }
}
