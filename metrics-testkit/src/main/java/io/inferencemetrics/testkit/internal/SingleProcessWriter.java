package io.inferencemetrics.testkit.internal;

import java.time.Instant;
import java.util.List;

/**
 * The Python client with one process, as vLLM uses it: families in the order of their declaration, headers also where
 * there is no series yet, and when a series was made as a gauge family of its own.
 */
final class SingleProcessWriter implements BodyWriter {
    private static final double MADE_APART_SECONDS = 1.3e-5;

    private final double startedSeconds;

    SingleProcessWriter(Instant started) {
        this.startedSeconds = started.toEpochMilli() / 1e3;
    }

    @Override
    public String write(List<Family> families) {
        PythonLines lines = new PythonLines();
        int made = 0;
        for (Family family : families) {
            lines.header(family.name(), family.type(), family.help());
            for (Series series : family.present()) {
                series(lines, family.name(), series);
            }
            created(lines, family, made);
            made += family.series().size();
        }
        return lines.toString();
    }

    private static void series(PythonLines lines, String name, Series series) {
        if (series instanceof Series.Number number) {
            lines.sample(name, number.labels(), number.source().getAsDouble());
        } else if (series instanceof Series.Observations observations) {
            if (observations.bounds().length > 0) {
                lines.buckets(name, observations);
            }
            lines.sample(
                    name + "_count",
                    observations.labels(),
                    observations.histogram().count());
            lines.sample(
                    name + "_sum",
                    observations.labels(),
                    observations.histogram().sum());
        }
    }

    private void created(PythonLines lines, Family family, int made) {
        if (!hasCreationTimes(family)) {
            return;
        }
        String name = family.name();
        boolean counter = family.type().equals("counter");
        String created = (counter ? name.substring(0, name.length() - "_total".length()) : name) + "_created";
        lines.header(created, "gauge", family.help());
        int index = made;
        for (Series series : family.present()) {
            lines.sample(created, series.labels(), startedSeconds + ++index * MADE_APART_SECONDS);
        }
    }

    /** The process collectors make their families anew for each scrape. */
    private static boolean hasCreationTimes(Family family) {
        boolean collected = family.name().startsWith("python_") || family.name().startsWith("process_");
        return !collected && !family.type().equals("gauge") && !family.present().isEmpty();
    }
}
