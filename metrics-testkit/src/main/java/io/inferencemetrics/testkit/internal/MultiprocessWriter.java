package io.inferencemetrics.testkit.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The Python client with several processes: nothing of a family before its first series, a histogram's sum before its
 * buckets, no creation times. It reads a file for each process and type in the order of the directory, which is not known
 * before: some servers show all families of one type together.
 */
final class MultiprocessWriter implements BodyWriter {
    private static final List<String> TYPES = List.of("gauge", "histogram", "summary", "counter");

    private final boolean byType;

    /** @param byType whether families of one type stand together */
    MultiprocessWriter(boolean byType) {
        this.byType = byType;
    }

    @Override
    public String write(List<Family> families) {
        PythonLines lines = new PythonLines();
        List<Family> ordered = new ArrayList<>(families);
        if (byType) {
            ordered.sort(Comparator.comparingInt(family -> TYPES.indexOf(family.type())));
        }
        for (Family family : ordered) {
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
        } else if (series instanceof Series.Observations summary && summary.bounds().length == 0) {
            lines.sample(name + "_count", summary.labels(), summary.histogram().count());
            lines.sample(name + "_sum", summary.labels(), summary.histogram().sum());
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
