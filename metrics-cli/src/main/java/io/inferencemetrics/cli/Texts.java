package io.inferencemetrics.cli;

import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.snapshot.Reading;
import java.util.Locale;

/** Values and readings in few characters, for tables. */
final class Texts {
    private Texts() {}

    static String reading(Reading<?> reading) {
        if (reading instanceof Reading.Value<?> value) {
            return value(value.value());
        }
        if (reading instanceof Reading.Stale<?> stale) {
            return "stale " + value(stale.lastValue());
        }
        if (reading instanceof Reading.Absent<?> absent) {
            return "- " + absent.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        return reading instanceof Reading.Failed<?> ? "failed" : "no observations";
    }

    /** A number with as many digits as it needs; of a histogram its mean and count. */
    static String value(Object value) {
        if (value instanceof Double number) {
            return number(number);
        }
        return value instanceof HistogramValue histogram
                ? number(histogram.mean()) + " mean of " + histogram.count()
                : value.toString();
    }

    /** One thing, or several. */
    static String count(long n, String one, String several) {
        return n + " " + (n == 1 ? one : several);
    }

    /** A number with as many digits as it needs. */
    static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.format(Locale.ROOT, "%d", (long) number)
                : String.format(Locale.ROOT, "%.4g", number);
    }
}
