package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.Event;
import io.inferencemetrics.prometheus.Exposition;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.MetricSample;
import io.inferencemetrics.prometheus.Sample;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What is timed must be right: each way of reading finds, in all scrapes of an input, what the records hold. */
final class Check {
    private static final String TOTAL = "_total";
    /** What a sample's name may have behind the name of its family. */
    private static final Set<String> SUFFIXES =
            Set.of("", TOTAL, "_created", "_bucket", "_sum", "_count", "_gsum", "_gcount", "_info");

    private Check() {}

    /** Reaches the same names, labels and values as the records. */
    static void everything(Input input, Reader reader) {
        input.scrapes().forEach(body -> require(reader, body, records(input, body, name -> true)));
    }

    /** Reaches the same samples and values as the records. */
    static void values(Input input, Reader reader) {
        input.scrapes().forEach(body -> {
            Tally expected = records(input, body, name -> true);
            Tally found = Tally.of(reader, body);
            if (!found.sameValues(expected)) {
                throw new IllegalStateException("found " + found + " instead of " + expected);
            }
        });
    }

    /** Reaches the same names, labels and values of the wanted families, of which there are some. */
    static void wanted(Input input, Reader reader) {
        Set<String> names = new HashSet<>();
        for (String family : input.wanted()) {
            SUFFIXES.forEach(suffix -> names.add(family + suffix));
            names.add(family.endsWith(TOTAL) ? family.substring(0, family.length() - TOTAL.length()) : family);
        }
        if (records(input, input.many().get(0), names::contains).samples == 0) {
            throw new IllegalStateException(input.name() + " has none of the wanted families " + input.wanted());
        }
        input.scrapes().forEach(body -> require(reader, body, records(input, body, names::contains)));
    }

    /** Reaches the same values, or none where no line has a type. */
    static void hawkular(Input input, Reader reader) {
        byte[] body = input.many().get(0);
        Tally found = Tally.of(reader, body);
        if (found.samples > 0 && !found.sameValues(Tally.of(Readers.objects(input.strict()), body))) {
            throw new IllegalStateException("Hawkular finds something else: " + found);
        }
    }

    private static void require(Reader reader, byte[] body, Tally expected) {
        Tally found = Tally.of(reader, body);
        if (!found.sameTextAndValues(expected)) {
            throw new IllegalStateException("found " + found + " instead of " + expected);
        }
    }

    private static Tally records(Input input, byte[] body, Predicate<String> names) {
        Tally tally = new Tally();
        Exposition.parse(body, input.strict()).families().stream()
                .flatMap(family -> family.samples().stream())
                .filter(sample -> names.test(sample.name()))
                .forEach(sample -> tally.add(1, bytes(sample), sample.value()));
        return tally;
    }

    private static long bytes(MetricSample sample) {
        long bytes = bytes(sample.name());
        for (Map.Entry<String, String> label : sample.labels().entrySet()) {
            bytes += bytes(label.getKey()) + bytes(label.getValue());
        }
        return bytes;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Reaches the same values, and those of the same series have the same ordinal in all scrapes. */
    static void byOrdinal(Input input) {
        values(input, Readers.byOrdinal(input.strict()));
        ExpositionCursor cursor = ExpositionCursor.remembering(input.strict());
        ExpositionCursor cold = new ExpositionCursor(input.strict());
        Map<String, Integer> ordinals = new HashMap<>();
        Map<String, Double> before = Map.of();
        for (byte[] body : input.many()) {
            before = sameSeries(cursor, cold, body, ordinals, before);
        }
    }

    /** The values of this body, by series. */
    private static Map<String, Double> sameSeries(
            ExpositionCursor cursor,
            ExpositionCursor cold,
            byte[] body,
            Map<String, Integer> ordinals,
            Map<String, Double> before) {
        Map<String, Double> values = new HashMap<>();
        cursor.reset(body, 0, body.length);
        cold.reset(body, 0, body.length);
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            if (cold.next() != event) {
                throw new IllegalStateException("read again, the body has other lines");
            }
            if (event == Event.SAMPLE) {
                Sample sample = cursor.sample();
                String series = cold.sample().series().toString();
                double value = cold.sample().value();
                Double last = before.get(series);
                values.put(series, value);
                Integer ordinal = ordinals.putIfAbsent(series, sample.ordinal());
                if ((ordinal != null && ordinal != sample.ordinal())
                        || Double.compare(sample.value(), value) != 0
                        || sample.changed() != (last == null || last.compareTo(value) != 0)) {
                    throw new IllegalStateException("read again, this series is another: " + series);
                }
            }
        }
        return values;
    }

    /** After each scrape every series has the value that it has on its line, and as many changed as the input says. */
    static void byChange(Input input, List<byte[]> scrapes, double share) {
        Readers.ByChange reader = Readers.byChange(input.strict());
        ExpositionCursor all = ExpositionCursor.remembering(input.strict());
        long changed = 0;
        for (int i = 0; i < scrapes.size(); i++) {
            byte[] body = scrapes.get(i);
            reader.read(body, new Tally());
            changed += i == 0 ? 0 : reader.changed();
            all.reset(body, 0, body.length);
            for (Event event = all.next(); event != Event.END; event = all.next()) {
                if (event == Event.SAMPLE) {
                    Sample sample = all.sample();
                    if (Double.compare(reader.value(sample.ordinal()), sample.value()) != 0) {
                        throw new IllegalStateException("read by changes, this series is another: " + sample.series());
                    }
                }
            }
        }
        double found = (double) changed / input.samples() / (scrapes.size() - 1);
        if (!input.isFile() && Math.abs(found - share) > share / 10) {
            throw new IllegalStateException(found + " of the values changed instead of " + share);
        }
    }

    /** Finds all lines of all scrapes. */
    static void newlines(Input input, List<byte[]> scrapes) {
        for (byte[] body : scrapes) {
            if (NewlineScan.lines(body)
                    != new String(body, StandardCharsets.UTF_8).lines().count()) {
                throw new IllegalStateException("the scan lost lines of " + input.name());
            }
        }
    }
}
