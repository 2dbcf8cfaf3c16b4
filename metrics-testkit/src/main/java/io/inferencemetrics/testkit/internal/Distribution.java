package io.inferencemetrics.testkit.internal;

import java.util.ArrayList;
import java.util.List;

/** Observations of one quantity; every histogram that was made of it before sees them. */
final class Distribution {
    private final List<Histogram> histograms = new ArrayList<>();

    void observe(double value) {
        for (Histogram histogram : histograms) {
            histogram.observe(value);
        }
    }

    Histogram histogram(double[] bounds, double scale) {
        Histogram histogram = new Histogram(bounds, scale);
        histograms.add(histogram);
        return histogram;
    }
}
