package io.inferencemetrics.testkit.internal;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** One set of labels of a family, and where its numbers come from. */
sealed interface Series {
    /** As on the line, without braces. */
    String labels();

    /** Whether something was counted, or the engine shows the series anyway. */
    boolean present();

    /** A counter or gauge. */
    record Number(String labels, BooleanSupplier seen, DoubleSupplier source) implements Series {
        @Override
        public boolean present() {
            return seen.getAsBoolean();
        }
    }

    /** A histogram, or a summary, whose bounds are its quantiles. */
    record Observations(String labels, BooleanSupplier seen, double[] bounds, Histogram histogram) implements Series {
        @Override
        public boolean present() {
            return seen.getAsBoolean();
        }
    }
}
