package io.inferencemetrics.prometheus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the samples of one body after another into families. Which family a sample belongs to is decided at the end,
 * when every TYPE line is known: a TYPE of just its name first, then a TYPE that allows its suffix, else it is a family of
 * its own.
 */
final class FamilyCollector {
    private final SampleFilter filter;
    private final SampleRecords records = new SampleRecords();
    private final Map<String, Family> families = new HashMap<>();
    private final Map<String, Family> familyOfSample = new HashMap<>();
    private final List<Family> inOrder = new ArrayList<>();
    private final List<MetricSample> samples = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();

    /** @param filter {@link SampleFilter#ALL} also keeps families of which the body has metadata only */
    FamilyCollector(SampleFilter filter) {
        this.filter = filter;
    }

    /** Reads a body to its end, at whose start the cursor stands. */
    Exposition collect(ExpositionCursor cursor) {
        clear();
        records.startGeneration(cursor.generation());
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            switch (event) {
                case SAMPLE -> add(cursor.sample());
                case TYPE -> declare(cursor.name()).type = cursor.type();
                case HELP -> declare(cursor.name()).help = records.string(cursor.help());
                case UNIT -> declare(cursor.name()).unit = records.string(cursor.unit());
                case END -> throw new AssertionError(event);
            }
        }
        return new Exposition(families(), cursor.skipped());
    }

    private void clear() {
        families.clear();
        familyOfSample.clear();
        inOrder.clear();
        samples.clear();
        runs.clear();
    }

    private Family declare(ByteSlice name) {
        String text = records.string(name);
        if (!families.containsKey(text)) {
            runs.add(new Run(text, samples.size()));
        }
        return family(text);
    }

    private Family family(String name) {
        Family family = families.get(name);
        if (family == null) {
            family = new Family(name);
            families.put(name, family);
        }
        return family;
    }

    private void add(Sample sample) {
        if (filter != SampleFilter.ALL && !filter.matches(sample)) {
            return;
        }
        MetricSample record = records.record(sample);
        Run run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (run == null || run.isDeclaration() || !run.name.equals(record.name())) {
            run = new Run(record.name(), samples.size());
            runs.add(run);
        }
        samples.add(record);
        run.end = samples.size();
    }

    private List<MetricFamily> families() {
        for (Run run : runs) {
            Family family = run.isDeclaration() ? family(run.name) : familyOfSample(run.name);
            family.size += run.end - run.start;
            if (!family.placed) {
                family.placed = true;
                inOrder.add(family);
            }
        }
        for (Run run : runs) {
            if (!run.isDeclaration()) {
                familyOfSample(run.name).take(samples, run);
            }
        }
        return inOrder.stream()
                .filter(family -> filter == SampleFilter.ALL || family.size > 0)
                .map(Family::toMetricFamily)
                .toList();
    }

    private Family familyOfSample(String name) {
        Family family = familyOfSample.get(name);
        if (family == null) {
            family = family(nameOfFamily(name));
            familyOfSample.put(name, family);
        }
        return family;
    }

    /** A suffix starts at the last underscore, as those of all types do. */
    private String nameOfFamily(String sampleName) {
        int suffix = sampleName.lastIndexOf('_');
        if (suffix <= 0 || typeOf(sampleName) != null) {
            return sampleName;
        }
        String base = sampleName.substring(0, suffix);
        MetricType type = typeOf(base);
        return type != null && type.suffixes().contains(sampleName.substring(suffix)) ? base : sampleName;
    }

    private @Nullable MetricType typeOf(String name) {
        Family family = families.get(name);
        return family == null ? null : family.type;
    }

    /** Samples of one name that follow each other; none where a name is declared. */
    private static final class Run {
        private final String name;
        private final int start;
        private int end;

        Run(String name, int start) {
            this.name = name;
            this.start = start;
            end = start;
        }

        boolean isDeclaration() {
            return start == end;
        }
    }

    /** A family while its lines come in. The last TYPE, HELP and UNIT of a name win. */
    private static final class Family {
        private final String name;
        /** Null until a TYPE line declares it. */
        private @Nullable MetricType type;

        private String help = "";
        private String unit = "";

        private boolean placed;

        /** How many samples it has in all, so that their array is made once. */
        private int size;

        private MetricSample[] samples = {};
        private int taken;

        Family(String name) {
            this.name = name;
        }

        void take(List<MetricSample> all, Run run) {
            if (samples.length < size) {
                samples = new MetricSample[size];
            }
            for (int i = run.start; i < run.end; i++) {
                samples[taken++] = all.get(i);
            }
        }

        MetricFamily toMetricFamily() {
            return new MetricFamily(name, type == null ? MetricType.UNKNOWN : type, help, unit, List.of(samples));
        }
    }
}
