package io.inferencemetrics.snapshot;

/**
 * A name by which the series of a metric differ: a rank, a model, a device, a reason.
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
    /** The graphics processor or accelerator, by its own id where it has one. */
    public static final Dimension GPU = new Dimension("gpu");
    /** The part of a device that is split, such as a MIG instance. */
    public static final Dimension GPU_INSTANCE = new Dimension("gpu_instance");
    /** The link between devices. */
    public static final Dimension LINK = new Dimension("link");
    /** The process, by its id. */
    public static final Dimension PROCESS = new Dimension("process");
    /** The logical processor, by its number. */
    public static final Dimension CORE = new Dimension("core");
    /** The network interface. */
    public static final Dimension INTERFACE = new Dimension("interface");
    /** The disk. */
    public static final Dimension DISK = new Dimension("disk");
    /** Why something is as it is, such as what holds a clock down. */
    public static final Dimension REASON = new Dimension("reason");
    /** The number or name of an error. */
    public static final Dimension CODE = new Dimension("code");
}
