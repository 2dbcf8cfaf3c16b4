package io.inferencemetrics.engines;

import static io.inferencemetrics.engines.Markdown.code;
import static io.inferencemetrics.engines.Markdown.list;
import static io.inferencemetrics.engines.Markdown.sentence;

import io.inferencemetrics.catalog.Appears;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.catalog.FamilyKind;
import io.inferencemetrics.catalog.Formula;
import io.inferencemetrics.catalog.LabelSelector;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.snapshot.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A row of a catalogue in words. */
final class RowWords {
    private static final int MOST_VALUES = 4;
    private static final List<String> ANYTHING = List.of(".+");

    private RowWords() {}

    /** Where the value comes from: a formula, or what is taken of which series of a family. */
    static String source(CatalogRow row) {
        return row.formula().map(formula -> code(formula(formula))).orElseGet(() -> wire(row));
    }

    static String appears(CatalogRow row) {
        Appears appears = row.appears();
        String when = switch (appears.condition()) {
            case ALWAYS -> "";
            case EVENT -> "after its first event";
            case LOAD -> "after the first request";
            case OPTION -> "with " + sentence(appears.option());
        };
        return appears.versions().equals(VersionRange.ALL)
                ? when
                : when + " (" + appears.versions().inWords() + ")";
    }

    /** The formula with the parentheses that reading it from left to right stands for. */
    static String formula(Formula formula) {
        String text = "";
        boolean sum = false;
        for (Formula.Step step : formula.steps()) {
            text = switch (step.operator()) {
                case TAKE -> step.term();
                case PLUS -> text + " + " + step.term();
                case MINUS -> text + " - " + step.term();
                case TIMES -> factor(text, sum) + " * " + step.term();
                case DIVIDE -> factor(text, sum) + " / " + step.term();
                case ROUND -> "round(" + text + ")";
            };
            sum = step.operator() == Formula.Operator.PLUS || step.operator() == Formula.Operator.MINUS;
        }
        return text;
    }

    private static String factor(String text, boolean sum) {
        return sum ? "(" + text + ")" : text;
    }

    private static String wire(CatalogRow row) {
        List<String> words = new ArrayList<>(List.of(taken(row) + typed(row)));
        if (!row.where().isEmpty()) {
            words.add("where " + row.where().stream().map(RowWords::condition).collect(Collectors.joining(" and ")));
        }
        if (row.unit() != row.metric().unit()) {
            words.add("in " + row.unit().symbol());
        }
        return String.join(", ", words);
    }

    private static String taken(CatalogRow row) {
        List<String> labels = row.take().labels().stream().map(Markdown::code).toList();
        String family = code(row.family());
        return switch (row.take().part()) {
            case VALUE -> family;
            case SUM -> "sum of " + family;
            case COUNT -> "count of " + family;
            case LABEL -> "label " + labels.get(0) + " of " + family;
            case PRODUCT -> "labels " + String.join(" × ", labels) + " of " + family;
            case ITEMS -> "items in the label " + labels.get(0) + " of " + family;
            case STATE -> "label " + labels.get(0) + " of the series of " + family + " that is 1";
            case BITS -> "bits " + String.join(", ", labels) + " of " + family;
        };
    }

    /** The kind on the wire where the metric's own would not let one expect it. */
    private static String typed(CatalogRow row) {
        boolean unexpected = row.metric() instanceof HistogramMetric && row.kind() != FamilyKind.HISTOGRAM
                || row.metric() instanceof CounterMetric && row.kind() == FamilyKind.GAUGE;
        return unexpected || row.kind() == FamilyKind.SUMMARY ? ", a " + MetricsPage.word(row.kind()) : "";
    }

    private static String condition(LabelSelector selector) {
        String values = values(selector.values());
        return code(selector.label())
                + switch (selector.operator()) {
                    case IS -> " is " + values;
                    case IS_OR_MISSING -> " is " + values + " or missing";
                    case IS_NOT -> " is not " + values;
                    case MATCHES -> selector.values().equals(ANYTHING) ? " is not empty" : " matches " + values;
                };
    }

    private static String values(List<String> values) {
        List<String> shown = new ArrayList<>(
                values.stream().limit(MOST_VALUES).map(Markdown::code).toList());
        if (values.size() > shown.size()) {
            shown.add((values.size() - shown.size()) + " more");
        }
        return list(shown, "or");
    }
}
