package io.inferencemetrics.prometheus;

/** What the last TYPE, HELP or UNIT line says. */
final class Metadata {
    final ByteSlice name = new ByteSlice();
    /** The help, or the unit. */
    final ByteSlice text = new ByteSlice();

    MetricType type = MetricType.UNKNOWN;
}
