package io.inferencemetrics.testkit.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the engines' languages write them, as a rule the shortest text that reads back the same. */
final class NumberText {
    private static final double EXACT_INTEGERS = 1L << 53;
    private static final int PYTHON_EXPONENT_FROM = 16;
    private static final int PYTHON_EXPONENT_BELOW = -4;
    private static final int GO_DIGITS = 6;
    private static final int CPP_DIGITS = 6;

    private NumberText() {}

    /**
     * As the Python client writes it: {@code 16.0}, {@code 1e-05}, and from a million on, in imitation of Go,
     * {@code 1.5e+06}; the exponent always with a zero before it, {@code e+010} too.
     */
    static String python(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String text = pythonRepr(value);
        int dot = text.indexOf('.');
        if (value <= 0 || dot <= GO_DIGITS) {
            return text;
        }
        String digits = text.charAt(0) + "." + text.substring(1, dot) + text.substring(dot + 1);
        return digits.replaceAll("[0.]+$", "") + "e+0" + (dot - 1);
    }

    /** As Rust writes it: {@code 16}, never an exponent. */
    static String rust(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return isInteger(value) ? Long.toString((long) value) : shortest(value).toPlainString();
    }

    /** As C++ streams write it: six digits, {@code 59586.6}, {@code 1.23457e+06}. */
    static String cpp(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return value == 0 ? "0" : Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(CPP_DIGITS)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= PYTHON_EXPONENT_BELOW && exponent < CPP_DIGITS
                ? rounded.toPlainString()
                : withExponent(rounded, exponent);
    }

    /** As the GPU exporter writes fields: whole numbers, or six places where the field is a fraction. */
    static String dcgm(String field, double value) {
        boolean fraction = field.endsWith("_ACTIVE") || field.endsWith("_POWER_USAGE");
        return fraction ? String.format(Locale.ROOT, "%.6f", value) : Long.toString(Math.round(value));
    }

    private static String withExponent(BigDecimal value, int exponent) {
        String digits = value.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String sign = exponent < 0 ? "-" : "+";
        return (value.signum() < 0 ? "-" : "") + mantissa + "e" + sign + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static String pythonRepr(double value) {
        if (isInteger(value) && Math.abs(value) < EXACT_INTEGERS) {
            return (long) value + ".0";
        }
        BigDecimal shortest = shortest(value);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= PYTHON_EXPONENT_BELOW && exponent < PYTHON_EXPONENT_FROM) {
            String plain = shortest.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        return withExponent(shortest, exponent);
    }

    private static boolean isInteger(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS;
    }

    /** Not Double.toString, which before Java 19 now and then writes a digit too many. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 15; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17)).stripTrailingZeros();
    }
}
