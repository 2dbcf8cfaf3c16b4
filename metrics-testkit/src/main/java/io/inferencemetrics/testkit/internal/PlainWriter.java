package io.inferencemetrics.testkit.internal;

import java.util.List;
import java.util.function.BiFunction;

/** Counters and gauges with their headers in the order of their declaration, as programs write that have no client library. */
final class PlainWriter implements BodyWriter {
    private final BiFunction<String, Double, String> numbers;

    /** @param numbers how a family's numbers are written */
    PlainWriter(BiFunction<String, Double, String> numbers) {
        this.numbers = numbers;
    }

    @Override
    public String write(List<Family> families) {
        StringBuilder text = new StringBuilder();
        for (Family family : families) {
            text.append("# HELP ")
                    .append(family.name())
                    .append(' ')
                    .append(family.help())
                    .append('\n');
            text.append("# TYPE ")
                    .append(family.name())
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            for (Series series : family.present()) {
                if (series instanceof Series.Number number) {
                    text.append(family.name());
                    if (!number.labels().isEmpty()) {
                        text.append('{').append(number.labels()).append('}');
                    }
                    String value = numbers.apply(family.name(), number.source().getAsDouble());
                    text.append(' ').append(value).append('\n');
                }
            }
        }
        return text.toString();
    }
}
