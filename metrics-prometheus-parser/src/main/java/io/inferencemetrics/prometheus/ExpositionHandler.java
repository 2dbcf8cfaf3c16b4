package io.inferencemetrics.prometheus;

/** Receives what an {@link ExpositionStream} finds. All views are valid only until the method returns. */
public interface ExpositionHandler {
    /** Called for each sample. */
    void sample(Sample sample);

    /** Called for each TYPE line. */
    default void type(ByteSlice name, MetricType type) {}

    /** Called for each HELP line; the text is empty when the line has none. */
    default void help(ByteSlice name, ByteSlice help) {}

    /** Called for each UNIT line, in OpenMetrics only; the unit may be empty. */
    default void unit(ByteSlice name, ByteSlice unit) {}
}
