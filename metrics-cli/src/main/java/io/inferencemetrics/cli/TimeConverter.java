package io.inferencemetrics.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time with its unit, such as {@code 500ms}, {@code 5s} or {@code 2m}; a bare number could be any of them. */
class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m)|0");
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Reads a time that must be more than 0. */
    static final class Positive extends TimeConverter {
        @Override
        public Duration convert(String text) {
            Duration time = super.convert(text);
            if (time.isZero()) {
                throw new TypeConversionException("a time of more than 0 was expected, not '" + text + "'");
            }
            return time;
        }
    }

    @Override
    public Duration convert(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("a time such as 500ms, 5s or 2m was expected, not '" + text + "'");
        }
        Duration time = text.equals("0") ? Duration.ZERO : time(Double.parseDouble(matcher.group(1)), matcher.group(2));
        if (time.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("a time of at most a day was expected, not '" + text + "'");
        }
        return time;
    }

    private static Duration time(double number, String unit) {
        int millis = unit.equals("ms") ? 1 : unit.equals("s") ? 1_000 : 60_000;
        return Duration.ofMillis(Math.round(number * millis));
    }
}
