package io.inferencemetrics.snapshot;

import java.util.Map;
import java.util.Optional;

/**
 * One of the series that a metric's value was made of.
 *
 * @param dimensions by which it differs from the others, name to value, in the order of names
 * @param value of this series alone, in the metric's unit
 * @param <T> the type of the metric's values
 */
public record Series<T>(Map<String, String> dimensions, T value) {

    /** The series' value of a dimension, where it has one. */
    public Optional<String> dimension(Dimension dimension) {
        return Optional.ofNullable(dimensions.get(dimension.name()));
    }
}
