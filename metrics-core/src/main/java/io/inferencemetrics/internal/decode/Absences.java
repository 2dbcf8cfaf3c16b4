package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Appears;
import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.catalog.FamilyKind;
import io.inferencemetrics.catalog.FamilyNames.SamplePart;
import io.inferencemetrics.catalog.Take;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.VersionRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the likeliest reason why a metric has no value in a frame. */
final class Absences {
    private static final int DEEPEST = 8;

    private final Frame frame;
    private final Wire wire;
    private final Answers answers;
    private final List<String> skippedLines;

    Absences(Frame frame, Wire wire, Answers answers, List<String> skippedLines) {
        this.skippedLines = skippedLines;
        this.frame = frame;
        this.wire = wire;
        this.answers = answers;
    }

    /** A reason, the same in a sentence, and the option or the versions that it is about. */
    record Reason(Absence absence, String detail, Optional<String> option, Optional<VersionRange> versions) {
        Reason(Absence absence, String detail) {
            this(absence, detail, Optional.empty(), Optional.empty());
        }

        static Reason optionOff(String family, String option) {
            return new Reason(
                    Absence.OPTION_OFF, family + " appears with " + option, Optional.of(option), Optional.empty());
        }
    }

    Reason explain(Metric<?> metric) {
        return explain(metric, 0);
    }

    private Reason explain(Metric<?> metric, int depth) {
        List<CatalogRow> rows = frame.layout().catalog().rows(metric);
        String title = catalog().title();
        if (!frame.layout().catalog().wants(metric)) {
            return new Reason(Absence.NOT_WANTED, "the collector was told to leave it out");
        }
        if (!wire.hasEngineFamilies()) {
            return new Reason(
                    Absence.STATISTICS_OFF,
                    "the body has no metric of " + title + "; are its statistics switched off?");
        }
        if (rows.isEmpty()) {
            return new Reason(Absence.NOT_EXPOSED, title + " has nothing of the kind");
        }
        return wrongKind(rows).orElseGet(() -> firstValidHere(rows, depth));
    }

    private Reason firstValidHere(List<CatalogRow> rows, int depth) {
        return rows.stream()
                .filter(row -> !versionIsUnknown() && row.versions().contains(wire.version()))
                .findFirst()
                .or(() -> rows.stream().filter(this::validHere).findFirst())
                .map(row -> explain(row, depth))
                .orElseGet(() -> notInVersion(rows));
    }

    private Reason explain(CatalogRow row, int depth) {
        if (row.formula().isPresent()) {
            return missingTerm(row, depth);
        }
        return unreadable(row).orElseGet(() -> notThere(row));
    }

    /** A line of the family that was skipped, as far as the first skipped ones tell. */
    private Optional<Reason> unreadable(CatalogRow row) {
        return skippedLines.stream()
                .filter(line -> line.contains(row.family() + " ") || line.contains(row.family() + "{"))
                .findFirst()
                .map(line -> new Reason(
                        Absence.UNKNOWN, row.family() + " is there, but its line could not be read: " + line));
    }

    private Reason notThere(CatalogRow row) {
        Appears appears = row.appears();
        String what = row.take().part() == Take.Part.LABEL
                ? "the label " + row.take().labels().get(0) + " of " + row.family()
                : row.family();
        return switch (appears.conditionIn(wire.version())) {
            case EVENT -> new Reason(Absence.NOTHING_YET, what + " appears after its first event");
            case LOAD -> new Reason(Absence.NOTHING_YET, what + " appears after the first request");
            case OPTION -> Reason.optionOff(what, appears.option());
            case ALWAYS ->
                versionIsUnknown() || row.versions().contains(wire.version())
                        ? new Reason(Absence.UNKNOWN, what + " is missing")
                        : notInVersion(List.of(row));
        };
    }

    /** A formula has no value for the reason of its first term that has none. */
    private Reason missingTerm(CatalogRow row, int depth) {
        return row.formula().orElseThrow().terms().stream()
                .filter(term -> depth < DEEPEST)
                .flatMap(term -> reasonOf(term, depth + 1).stream())
                .findFirst()
                .orElseGet(() -> new Reason(Absence.UNKNOWN, row.source() + " cannot be computed here"));
    }

    private Optional<Reason> reasonOf(String term, int depth) {
        Optional<Metric<?>> metric = catalog().metric(term);
        if (metric.isPresent()) {
            return answers.ask(metric.get()) instanceof Outcome.Found
                    ? Optional.empty()
                    : Optional.of(explain(metric.get(), depth));
        }
        List<CatalogRow> rows = catalog().rowsOf(term);
        return wire.has(term) || rows.isEmpty() ? Optional.empty() : Optional.of(firstValidHere(rows, depth));
    }

    private Reason notInVersion(List<CatalogRow> rows) {
        CatalogRow row = rows.get(0);
        VersionRange versions = row.versions();
        return new Reason(
                Absence.NOT_IN_VERSION,
                row.source() + " is in " + (versions.equals(VersionRange.NONE) ? "" : "versions ") + versions.inWords()
                        + (versionIsUnknown()
                                ? ""
                                : ", this one is " + wire.version().inWords()),
                Optional.empty(),
                Optional.of(versions));
    }

    private boolean versionIsUnknown() {
        return wire.version().equals(VersionRange.ALL);
    }

    private boolean validHere(CatalogRow row) {
        VersionRange here = wire.version();
        return row.versions().intersect(here).isPresent();
    }

    /** A bare number under a histogram's name, or a histogram under a number's. */
    private Optional<Reason> wrongKind(List<CatalogRow> rows) {
        return rows.stream()
                .filter(row -> row.formula().isEmpty())
                .filter(row -> frame.layout().series(row.family()).stream()
                        .anyMatch(s -> frame.has(s.index())
                                && s.part() != SamplePart.CREATED
                                && (s.part() == SamplePart.VALUE) == distribution(row)))
                .findFirst()
                .map(row -> new Reason(
                        Absence.WRONG_KIND,
                        row.family() + " is there, but not as "
                                + row.kind().name().toLowerCase(Locale.ROOT)));
    }

    private static boolean distribution(CatalogRow row) {
        return row.kind() == FamilyKind.HISTOGRAM
                || row.kind() == FamilyKind.SUMMARY
                || row.take().part() == Take.Part.SUM
                || row.take().part() == Take.Part.COUNT;
    }

    private Catalog catalog() {
        return frame.layout().catalog().catalog();
    }
}
