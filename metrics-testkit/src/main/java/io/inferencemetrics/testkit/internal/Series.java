package io.inferencemetrics.testkit.internal;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One set of labels of a family, and where its numbers come from. */
sealed interface Series {
    /** As on the line, without braces. */
    String labels();

    /** Whether something was counted, or the engine shows the series anyway. */
    boolean present();

    /** The series that are shown now, itself as a rule. */
    default Stream<Series> shown() {
        return present() ? Stream.of(this) : Stream.empty();
    }

    /** Gauges of which there are more and more. */
    record States(Supplier<Map<String, Double>> values) implements Series {
        @Override
        public String labels() {
            return "";
        }

        @Override
        public boolean present() {
            return !values.get().isEmpty();
        }

        @Override
        public Stream<Series> shown() {
            return values.get().entrySet().stream()
                    .map(state -> new Number(state.getKey(), () -> true, state::getValue));
        }
    }

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
