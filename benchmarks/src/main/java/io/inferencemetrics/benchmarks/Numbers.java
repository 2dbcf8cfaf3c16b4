package io.inferencemetrics.benchmarks;

import java.util.Locale;
import java.util.Random;

/** How a server writes a value, and how the value goes on: counts and sums only grow. */
enum Numbers {
    /** A comment has none. */
    NONE,
    /** As in a file; the next differs in its last digit. */
    GIVEN,
    /** Python: {@code 17.0}, which goes up and down. */
    PYTHON_GAUGE,
    /** Python: {@code 17.0}, which grows. */
    PYTHON_COUNT,
    /** Python: a sum of seconds, with up to 17 digits. */
    PYTHON_SUM,
    /** Python: the time at which a counter was made, {@code 1.7953160789158573e+09}, which stays. */
    PYTHON_CREATED,
    /** Go: {@code 17}. */
    COUNT,
    /** Go: mostly 0 or 1. */
    FLAG,
    /** Go: {@code 1.4213e+07}. */
    LARGE,
    /** Go: {@code 1234.56}. */
    SECONDS;

    private static final double START = 1.795316e9;
    private static final double A_MONTH = 2.6e6;

    /** A value to start with. */
    String first(Random random) {
        return switch (this) {
            case NONE, GIVEN -> "";
            case PYTHON_GAUGE -> random.nextInt(200) + ".0";
            case PYTHON_COUNT, COUNT -> text((long) Math.pow(10, 5 * random.nextDouble()));
            case PYTHON_SUM -> Double.toString(1 + random.nextDouble() * 1_000);
            case PYTHON_CREATED ->
                Double.toString(START + A_MONTH * random.nextDouble()).replace("E9", "e+09");
            case FLAG -> random.nextInt(10) == 0 ? "1" : "0";
            case LARGE -> large(Math.pow(10, 6 + 4 * random.nextDouble()));
            case SECONDS -> seconds(random.nextInt(10_000_000));
        };
    }

    /** Another value than the one before; the same where it never changes. */
    String after(String before, Random random) {
        return switch (this) {
            case NONE, PYTHON_CREATED -> before;
            case GIVEN -> withOtherDigit(before);
            case PYTHON_GAUGE -> otherGauge(before, random);
            case PYTHON_COUNT, COUNT -> text((long) Double.parseDouble(before) + 1 + random.nextInt(50));
            case PYTHON_SUM -> Double.toString(Double.parseDouble(before) + 0.001 + random.nextDouble());
            case FLAG -> before.equals("0") ? "1" : "0";
            case LARGE -> large(Double.parseDouble(before) * (1.000_01 + random.nextDouble() / 1_000));
            case SECONDS -> seconds(Math.round(100 * Double.parseDouble(before)) + 1 + random.nextInt(500));
        };
    }

    /** A count as it is written, with a point where Python writes it. */
    String text(long count) {
        return this == PYTHON_COUNT ? count + ".0" : Long.toString(count);
    }

    private static String withOtherDigit(String value) {
        int last = value.length() - 1;
        int digit = Character.digit(value.charAt(last), 10);
        return digit < 0 ? value : value.substring(0, last) + (digit + 1) % 10;
    }

    private static String otherGauge(String before, Random random) {
        String next = PYTHON_GAUGE.first(random);
        return next.equals(before) ? otherGauge(before, random) : next;
    }

    private static String large(double value) {
        String text = String.format(Locale.ROOT, "%.6e", value);
        return text.replaceFirst("\\.?0+e", "e");
    }

    private static String seconds(long hundredths) {
        String text = hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
        return text.replaceFirst("\\.?0+$", "");
    }
}
