package io.inferencemetrics.testkit.internal;

import java.util.List;

/**
 * The Python client with several processes, as SGLang uses it: nothing of a family before its first series, a histogram's
 * sum before its buckets, no creation times.
 */
final class MultiprocessWriter implements BodyWriter {
    @Override
    public String write(List<Family> families) {
        PythonLines lines = new PythonLines();
        for (Family family : families) {
            List<Series> present = family.present();
            if (!present.isEmpty()) {
                lines.header(family.name(), family.type(), family.help());
                present.forEach(series -> series(lines, family.name(), series));
            }
        }
        return lines.toString();
    }

    private static void series(PythonLines lines, String name, Series series) {
        if (series instanceof Series.Number number) {
            lines.sample(name, number.labels(), number.source().getAsDouble());
        } else if (series instanceof Series.Observations observations) {
            lines.sample(
                    name + "_sum",
                    observations.labels(),
                    observations.histogram().sum());
            lines.buckets(name, observations);
            lines.sample(
                    name + "_count",
                    observations.labels(),
                    observations.histogram().count());
        }
    }
}
