package io.inferencemetrics.window;

/** Where within its bucket a quantile is supposed to lie. The bracket is the same for all. */
public enum Estimate {
    /** As if the observations of a bucket were spread evenly: what Prometheus' {@code histogram_quantile} supposes. */
    LINEAR,

    /**
     * As evenly as the exact sum of the observations allows: in each bucket they lean to the one end or the other, all by the
     * same law, so that the sum comes out.
     *
     * <p>Of all distributions with these counts and this sum it is the one of greatest entropy (Jaynes, "Information Theory and
     * Statistical Mechanics", 1957). Where an observation lies above the last bound, nothing is known about its size, and it is
     * {@link #LINEAR}. The errors of both are in {@code docs/design/quantiles.md}.
     */
    BY_SUM
}
