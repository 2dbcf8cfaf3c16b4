package io.inferencemetrics.prometheus;

import java.util.Map;
import java.util.OptionalLong;

/**
 * An example of what a sample counted, to keep.
 *
 * @param labels by name, in the order of the line, unmodifiable
 * @param value what was observed
 * @param timestampMillis when, in milliseconds since 1970, if the line says so
 */
public record MetricExemplar(Map<String, String> labels, double value, OptionalLong timestampMillis) {}
