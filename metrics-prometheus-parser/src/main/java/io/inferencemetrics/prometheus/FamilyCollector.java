package io.inferencemetrics.prometheus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gathers samples into families. Which family a sample belongs to is decided at the end, when every TYPE line is known:
 * a TYPE of just its name first, then a TYPE that allows its suffix, else it is a family of its own.
 */
final class FamilyCollector {
    private final boolean withoutSamples;
    private final Map<String, Family> declared = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    /** @param withoutSamples whether to keep families of which the body has metadata only */
    FamilyCollector(boolean withoutSamples) {
        this.withoutSamples = withoutSamples;
    }

    Family declare(ByteSlice name) {
        String text = name.toString();
        entries.add(new Entry(text, null));
        return declared.computeIfAbsent(text, Family::new);
    }

    void add(Sample sample) {
        String name = sample.name().toString();
        entries.add(new Entry(name, copy(name, sample)));
    }

    List<MetricFamily> families() {
        Map<String, Family> families = new LinkedHashMap<>();
        Map<String, String> familyOfSample = new HashMap<>();
        for (Entry entry : entries) {
            String familyName =
                    entry.sample == null ? entry.name : familyOfSample.computeIfAbsent(entry.name, this::familyOf);
            Family family = families.computeIfAbsent(familyName, this::declaredOrNew);
            if (entry.sample != null) {
                family.samples.add(entry.sample);
            }
        }
        return families.values().stream()
                .filter(family -> withoutSamples || !family.samples.isEmpty())
                .map(Family::toMetricFamily)
                .toList();
    }

    private Family declaredOrNew(String name) {
        Family family = declared.get(name);
        return family == null ? new Family(name) : family;
    }

    private String familyOf(String sampleName) {
        if (typeOf(sampleName) != null) {
            return sampleName;
        }
        for (int i = sampleName.lastIndexOf('_'); i > 0; i = sampleName.lastIndexOf('_', i - 1)) {
            String base = sampleName.substring(0, i);
            MetricType type = typeOf(base);
            if (type != null && type.suffixes().contains(sampleName.substring(i))) {
                return base;
            }
        }
        return sampleName;
    }

    private @Nullable MetricType typeOf(String name) {
        Family family = declared.get(name);
        return family == null ? null : family.type;
    }

    private static MetricSample copy(String name, Sample sample) {
        return new MetricSample(
                name,
                labels(sample.labelCount(), sample::labelName, sample::labelValue),
                sample.value(),
                sample.hasTimestamp() ? OptionalLong.of(sample.timestampMillis()) : OptionalLong.empty(),
                sample.hasExemplar() ? Optional.of(copy(sample.exemplar())) : Optional.empty());
    }

    private static MetricExemplar copy(Exemplar exemplar) {
        return new MetricExemplar(
                labels(exemplar.labelCount(), exemplar::labelName, exemplar::labelValue),
                exemplar.value(),
                exemplar.hasTimestamp() ? OptionalLong.of(exemplar.timestampMillis()) : OptionalLong.empty());
    }

    private static Map<String, String> labels(int count, IntFunction<ByteSlice> names, IntFunction<ByteSlice> values) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            labels.put(names.apply(i).toString(), values.apply(i).toString());
        }
        return Collections.unmodifiableMap(labels);
    }

    private record Entry(String name, @Nullable MetricSample sample) {}

    /** A family while its lines come in. The last TYPE, HELP and UNIT of a name win. */
    static final class Family {
        private final String name;
        private final List<MetricSample> samples = new ArrayList<>();
        /** Null until a TYPE line declares it. */
        @Nullable
        MetricType type;

        String help = "";
        String unit = "";

        Family(String name) {
            this.name = name;
        }

        MetricFamily toMetricFamily() {
            return new MetricFamily(name, type == null ? MetricType.UNKNOWN : type, help, unit, samples);
        }
    }
}
