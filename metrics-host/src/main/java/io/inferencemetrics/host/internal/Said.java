package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the machine says of one thing: a number, or why there is none, or nothing.
 *
 * @param number the number
 * @param absent why there is none; empty also where nothing is said
 */
record Said(OptionalDouble number, Optional<Absence> absent) {
    /** Nothing is said, and nothing is to be written. */
    static final Said NOTHING = new Said(OptionalDouble.empty(), Optional.empty());

    static Said of(double number) {
        return new Said(OptionalDouble.of(number), Optional.empty());
    }

    /** OSHI's number of what there cannot be none of: 0 and less mean that it could not be read. */
    static Said positive(long number) {
        return number > 0 ? of(number) : NOTHING;
    }

    static Said absent(Absence reason) {
        return new Said(OptionalDouble.empty(), Optional.of(reason));
    }

    /** A number in the kernel's writing; what is none is unknown. */
    static Said number(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? of(number) : absent(Absence.UNKNOWN);
        } catch (NumberFormatException e) {
            return absent(Absence.UNKNOWN);
        }
    }

    /** The same in a larger unit. */
    Said dividedBy(double divisor) {
        return number.isPresent() ? of(number.getAsDouble() / divisor) : this;
    }

    /** This, or where nothing is said of it, the other. */
    Said or(Said other) {
        return equals(NOTHING) ? other : this;
    }

    /** Writes a family of one series; none where nothing is said. */
    void write(ExpositionWriter out, String family, MetricType type) {
        if (!equals(NOTHING)) {
            out.family(family, type);
            sample(out);
        }
    }

    /** Writes a series of the family that was started. */
    void sample(ExpositionWriter out, String... labels) {
        number.ifPresent(value -> out.sample(value, labels));
        absent.ifPresent(reason -> out.absent(reason, labels));
    }
}
