package io.inferencemetrics.metric;

/** How the values of several series of one metric become one value. */
public enum Aggregation {
    /** They add up: queues, tokens, histograms with equal bounds. */
    SUM,
    /** The greatest counts: a usage that alerts on the fullest rank. */
    MAX,
    /** The smallest counts: a limit that all must keep. */
    MIN,
    /** The plain mean. */
    MEAN,
    /** The mean weighted by KV capacity; the plain mean where a capacity is unknown. */
    CAPACITY_WEIGHTED_MEAN,
    /** All say the same; where they differ there is no one value. */
    SAME
}
