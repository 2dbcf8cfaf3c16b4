package io.inferencemetrics.testkit.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The Rust exporter, as TGI uses it: counters, gauges, then distributions, each group in a new random order at every
 * scrape; an empty line after each family; a series' own labels before {@code le}.
 */
final class RustWriter implements BodyWriter {
    private static final List<List<String>> GROUPS =
            List.of(List.of("counter"), List.of("gauge"), List.of("histogram", "summary"));

    private final Random order;
    private final StringBuilder text = new StringBuilder();

    RustWriter(long seed) {
        this.order = new Random(seed);
    }

    @Override
    public String write(List<Family> families) {
        text.setLength(0);
        for (List<String> types : GROUPS) {
            List<Family> group = new ArrayList<>(families);
            group.removeIf(
                    family -> !types.contains(family.type()) || family.present().isEmpty());
            Collections.shuffle(group, order);
            group.forEach(this::family);
        }
        return text.toString();
    }

    private void family(Family family) {
        if (!family.help().isEmpty()) {
            text.append("# HELP ")
                    .append(family.name())
                    .append(' ')
                    .append(family.help())
                    .append('\n');
        }
        text.append("# TYPE ")
                .append(family.name())
                .append(' ')
                .append(family.type())
                .append('\n');
        family.present().forEach(series -> series(family, series));
        text.append('\n');
    }

    private void series(Family family, Series series) {
        if (series instanceof Series.Number number) {
            sample(family.name(), series.labels(), number.source().getAsDouble());
        } else if (series instanceof Series.Observations observations) {
            if (family.type().equals("summary")) {
                quantiles(family.name(), observations);
            } else {
                buckets(family.name(), observations);
            }
            sample(
                    family.name() + "_sum",
                    series.labels(),
                    observations.histogram().sum());
            sample(
                    family.name() + "_count",
                    series.labels(),
                    observations.histogram().count());
        }
    }

    /** The only summary counts tokens won by speculation; the model has none, so every quantile is 0. */
    private void quantiles(String name, Series.Observations series) {
        for (double quantile : series.bounds()) {
            sample(name, with(series.labels(), "quantile", NumberText.rust(quantile)), 0);
        }
    }

    private void buckets(String name, Series.Observations series) {
        long[] counts = series.histogram().cumulative();
        for (int i = 0; i < counts.length; i++) {
            String bound = i < series.bounds().length ? NumberText.rust(series.bounds()[i]) : "+Inf";
            sample(name + "_bucket", with(series.labels(), "le", bound), counts[i]);
        }
    }

    private static String with(String labels, String name, String value) {
        return (labels.isEmpty() ? "" : labels + ',') + name + "=\"" + value + '"';
    }

    private void sample(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(NumberText.rust(value)).append('\n');
    }
}
