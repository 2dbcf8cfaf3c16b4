package io.inferencemetrics.testkit.internal;

import java.util.ArrayList;
import java.util.List;

/** Observations of one quantity; every histogram that was made of it before sees them. */
final class Distribution {
    private final List<Histogram> histograms = new ArrayList<>();
    private final List<Distribution> parts;

    Distribution() {
        this(List.of());
    }

    private Distribution(List<Distribution> parts) {
        this.parts = parts;
    }

    /** What several observe. */
    static Distribution together(List<Distribution> parts) {
        return new Distribution(parts);
    }

    void observe(double value) {
        for (Histogram histogram : histograms) {
            histogram.observe(value);
        }
    }

    Histogram histogram(double[] bounds, double scale) {
        Histogram histogram = new Histogram(bounds, scale);
        attach(histogram);
        return histogram;
    }

    private void attach(Histogram histogram) {
        histograms.add(histogram);
        parts.forEach(part -> part.attach(histogram));
    }
}
