package io.inferencemetrics.fleet;

import io.inferencemetrics.snapshot.Reading;
import java.util.List;
import java.util.Map;

/**
 * What the servers of a fleet say together of one metric.
 *
 * @param reading the combined answer; as old as the oldest value in it, and trusted no more than the least trusted
 * @param counted the names of the servers whose values are in it, in order
 * @param missing the other servers by their names, and what each said instead of a value
 * @param <T> {@code Double}, {@link io.inferencemetrics.metric.HistogramValue} or {@code String}
 */
public record FleetReading<T>(Reading<T> reading, List<String> counted, Map<String, Reading<T>> missing) {

    /** Whether every server is in the answer. */
    public boolean isComplete() {
        return missing.isEmpty();
    }
}
