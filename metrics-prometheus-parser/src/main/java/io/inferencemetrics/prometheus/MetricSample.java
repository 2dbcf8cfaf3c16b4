package io.inferencemetrics.prometheus;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A sample to keep.
 *
 * @param name the name on the line, with the suffix that it may add to its family's
 * @param labels by name, in the order of the line, unmodifiable
 * @param value may be NaN or infinite
 * @param timestampMillis milliseconds since 1970, if the line says so
 * @param exemplar an example of what was counted, if the line has one
 */
public record MetricSample(
        String name,
        Map<String, String> labels,
        double value,
        OptionalLong timestampMillis,
        Optional<MetricExemplar> exemplar) {}
