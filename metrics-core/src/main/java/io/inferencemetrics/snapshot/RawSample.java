package io.inferencemetrics.snapshot;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One sample as it stood in the body.
 *
 * @param name the sample's name, with {@code _bucket}, {@code _sum} or {@code _count} where it has them
 * @param type of its family, in the words of the format: {@code counter}, {@code gauge}, ..., {@code unknown}
 * @param labels in the order of the body
 * @param value as written; may be NaN or infinite
 * @param timestampMillis since 1970, where the sample has a time of its own
 * @param help of its family, where it has one
 */
public record RawSample(
        String name,
        String type,
        Map<String, String> labels,
        double value,
        OptionalLong timestampMillis,
        Optional<String> help) {}
