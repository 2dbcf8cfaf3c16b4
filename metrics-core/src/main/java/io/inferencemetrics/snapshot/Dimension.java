package io.inferencemetrics.snapshot;

/**
 * A name by which the series of a metric differ: a rank, a model, an adapter, a reason.
 *
 * @param name the stable name, such as {@code dp_rank}
 */
public record Dimension(String name) {
    /** The name under which a model is served. */
    public static final Dimension MODEL = new Dimension("model");
    /** The data-parallel rank. */
    public static final Dimension RANK = new Dimension("dp_rank");
    /** The LoRA adapter. */
    public static final Dimension ADAPTER = new Dimension("adapter");
    /** Why a request ended. */
    public static final Dimension FINISH_REASON = new Dimension("finish_reason");
}
