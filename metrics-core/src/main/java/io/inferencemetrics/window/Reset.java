package io.inferencemetrics.window;

import java.time.Instant;
import java.util.Map;

/**
 * A series that started again from 0 within a window, as all of a process do when it restarts, or that went away and came
 * back.
 *
 * <p>What it counted before its restart but after the window's start is lost, so that rates of its metric are at least what
 * they say.
 *
 * @param family the name on the wire
 * @param labels of the series as on the wire; of a histogram without {@code le}
 * @param seen when the first snapshot after it was made
 */
public record Reset(String family, Map<String, String> labels, Instant seen) {}
