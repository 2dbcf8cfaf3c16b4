package io.inferencemetrics.prometheus;

import java.util.List;

/**
 * What a lenient parser skipped in one body.
 *
 * <p>An OpenMetrics body that does not end in {@code # EOF} counts as one line more, since its end may be missing.
 *
 * @param count how many lines
 * @param first the first few of them, at most {@value #REMEMBERED}
 */
public record SkippedLines(long count, List<SkippedLine> first) {
    /** How many skipped lines are kept with their reasons. */
    public static final int REMEMBERED = 5;

    /** Nothing was skipped. */
    public static final SkippedLines NONE = new SkippedLines(0, List.of());

    /** Copies the list. */
    public SkippedLines {
        first = List.copyOf(first);
    }
}
