package io.inferencemetrics.internal.decode;

import org.jspecify.annotations.Nullable;

/** Bucket bounds as servers write them. */
final class Bounds {
    private Bounds() {}

    /** The bound in an {@code le} label; NaN where it is missing or no number. */
    static double parse(@Nullable String le) {
        if (le == null) {
            return Double.NaN;
        }
        return switch (le) {
            case "+Inf", "Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> number(le);
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
