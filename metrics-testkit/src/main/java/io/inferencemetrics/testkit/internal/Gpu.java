package io.inferencemetrics.testkit.internal;

import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/** What traffic does to a GPU; in percent, degrees, watts, megahertz. */
final class Gpu {
    private static final double IDLE_WATTS = 75;
    private static final double WATTS_BY_PERCENT = 5.5;
    private static final double USUAL_PERCENT = 80;

    private Gpu() {}

    /** @param running how many requests are in the batch */
    static void measure(IntSupplier running, Measures measures) {
        DoubleSupplier percent = () -> running.getAsInt() == 0 ? 0 : Math.min(100, 60 + running.getAsInt());
        DoubleSupplier up = measures.number("seconds.up");
        DoubleSupplier busy = measures.number("seconds.busy");
        measures.number("gpu.percent", percent);
        measures.number("gpu.active", () -> percent.getAsDouble() / 100);
        measures.number("gpu.celsius", () -> 34 + 0.4 * percent.getAsDouble());
        measures.number("gpu.watts", () -> IDLE_WATTS + WATTS_BY_PERCENT * percent.getAsDouble());
        measures.number(
                "gpu.millijoules",
                () -> 1e3 * (IDLE_WATTS * up.getAsDouble() + USUAL_PERCENT * WATTS_BY_PERCENT * busy.getAsDouble()));
        measures.number("gpu.megahertz", () -> percent.getAsDouble() > 0 ? 1_980 : 345);
    }
}
