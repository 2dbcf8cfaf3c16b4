package io.inferencemetrics.doctor;

import static io.inferencemetrics.doctor.ConnectionRules.when;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Coverage.MissingMetric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.VersionRange;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which metrics are not there, and why. */
final class CoverageRules {
    private CoverageRules() {}

    static Optional<Finding> valuesUnusable(Examination e) {
        List<String> unusable = e.snapshot().stream()
                .flatMap(snapshot -> LlmMetrics.all().stream().map(snapshot::reading))
                .filter(Reading.Failed.class::isInstance)
                .map(reading -> reading.metric().name() + " (" + ((Reading.Failed<?>) reading).message() + ")")
                .toList();
        return when(
                !unusable.isEmpty(),
                Cause.VALUES_UNUSABLE,
                Words.count(unusable.size(), "metric") + " at " + e.target() + " "
                        + (unusable.size() == 1 ? "has a value" : "have values") + " that cannot be used: "
                        + Words.some(unusable),
                "look at the engine's log for what it could not compute");
    }

    static Optional<Finding> metricsMissing(Examination e) {
        List<MissingMetric> missing = absent(e, EnumSet.of(Absence.UNKNOWN, Absence.WRONG_KIND));
        return when(
                !missing.isEmpty(),
                Cause.METRICS_MISSING,
                Words.count(missing.size(), "metric") + " that " + e.title() + " should have "
                        + (missing.size() == 1 ? "is" : "are") + " not at " + e.target() + ": "
                        + Words.some(
                                missing.stream().map(m -> named(m, m.detail())).toList()),
                "look for a filter in what passes them on, or for a body that was written by hand");
    }

    static Optional<Finding> optionOff(Examination e) {
        Map<String, Set<String>> byOption = new TreeMap<>();
        absent(e, EnumSet.of(Absence.OPTION_OFF))
                .forEach(m -> byOption.computeIfAbsent(m.option().orElse("an option"), o -> new TreeSet<>())
                        .add(m.metric().name()));
        List<String> options = byOption.entrySet().stream()
                .map(entry -> entry.getKey() + " for " + String.join(", ", entry.getValue()))
                .toList();
        return when(
                !options.isEmpty(),
                Cause.OPTION_OFF,
                "some metrics of " + e.title() + " come only with an option that is not in use",
                "if you want them, start it with " + String.join("; ", options));
    }

    static Optional<Finding> notInVersion(Examination e) {
        List<MissingMetric> missing = absent(e, EnumSet.of(Absence.NOT_IN_VERSION));
        return when(
                !missing.isEmpty(),
                Cause.NOT_IN_VERSION,
                Words.count(missing.size(), "metric") + " of " + e.title() + " " + (missing.size() == 1 ? "is" : "are")
                        + " not in this version",
                "if you want them, take another: "
                        + Words.some(missing.stream()
                                .map(CoverageRules::withVersions)
                                .toList()));
    }

    static Optional<Finding> newerThanCatalogue(Examination e) {
        List<String> unmapped =
                e.snapshot().map(snapshot -> snapshot.coverage().unmapped()).orElse(List.of());
        return when(
                !unmapped.isEmpty(),
                Cause.NEWER_THAN_CATALOGUE,
                Words.count(unmapped.size(), "name") + " of " + e.title() + " " + (unmapped.size() == 1 ? "is" : "are")
                        + " not in the catalogue: " + Words.some(unmapped),
                "take a newer version of this library, or add rows to the catalogue");
    }

    private static List<MissingMetric> absent(Examination e, Set<Absence> reasons) {
        return e.snapshot().map(MetricsSnapshot::coverage).stream()
                .flatMap(coverage -> coverage.absent().stream())
                .filter(missing -> reasons.contains(missing.reason()))
                .toList();
    }

    private static String withVersions(MissingMetric missing) {
        return named(missing, missing.versions().map(VersionRange::inWords).orElse(missing.detail()));
    }

    private static String named(MissingMetric missing, String where) {
        return missing.metric().name() + " (" + where + ")";
    }
}
