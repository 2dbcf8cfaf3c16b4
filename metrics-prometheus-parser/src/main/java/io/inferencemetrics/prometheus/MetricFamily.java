package io.inferencemetrics.prometheus;

import java.util.List;

/**
 * All samples of one metric with what the body says about it.
 *
 * @param name the name on the TYPE line, or that of the samples where no TYPE line speaks of them
 * @param type unknown without a TYPE line
 * @param help empty without a HELP line
 * @param unit empty without a UNIT line
 * @param samples in the order of the body, wherever in the body they stood
 */
public record MetricFamily(String name, MetricType type, String help, String unit, List<MetricSample> samples) {
    /** Copies the list. */
    public MetricFamily {
        samples = List.copyOf(samples);
    }
}
