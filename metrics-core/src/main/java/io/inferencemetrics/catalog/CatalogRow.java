package io.inferencemetrics.catalog;

import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Unit;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.snapshot.VersionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a catalogue: a way to learn one metric from one family.
 *
 * @param metric the canonical metric, or the engine's own
 * @param family the family's name on the wire, with the engine's first prefix; empty for a formula
 * @param formula how the value is computed, where it is
 * @param kind of the family
 * @param unit of the values on the wire
 * @param take which part of the samples is the value
 * @param where conditions on the labels of the series
 * @param blanks numbers that mean that there is none, in this row only, each with the reason
 * @param over label rules that hold for this row only, by label
 * @param versions of the engine that have the family
 * @param appears when the family is on the wire
 * @param trust how far the value may be believed
 * @param note what a reader should know; empty for nothing
 * @param forWindows whether only windows go by the row, and by it before all others: for what a window learns in another way
 *     than a single scrape
 */
public record CatalogRow(
        Metric<?> metric,
        String family,
        Optional<Formula> formula,
        FamilyKind kind,
        Unit unit,
        Take take,
        List<LabelSelector> where,
        Map<Double, Absence> blanks,
        Map<String, LabelRule> over,
        VersionRange versions,
        Appears appears,
        Trust trust,
        String note,
        boolean forWindows) {

    /** Whether the metric is the engine's own, named as on the wire. */
    public boolean isOwn() {
        return metric.name().equals(family);
    }

    /** The family or the formula, as a value's source is named. */
    public String source() {
        return formula.map(Formula::toString).orElse(family);
    }
}
