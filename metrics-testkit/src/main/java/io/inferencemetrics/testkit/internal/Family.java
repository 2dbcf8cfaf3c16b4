package io.inferencemetrics.testkit.internal;

import java.util.List;

/**
 * A metric as one engine exposes it.
 *
 * @param name on the wire
 * @param type the word on the TYPE line
 * @param help empty where the engine has none
 * @param series in the engine's order
 */
record Family(String name, String type, String help, List<Series> series) {
    Family {
        series = List.copyOf(series);
    }

    List<Series> present() {
        return series.stream().flatMap(Series::shown).toList();
    }
}
