package io.inferencemetrics.testkit.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the table of an engine's families, whose format each table explains, and ties it to what a model measures. */
final class FamilyTable {
    private static final int COLUMNS = 6;

    private static final Pattern CONDITION = Pattern.compile("\\[([^]]*)] *(.*)");
    /** Every process has the row, not only those that report everything. */
    private static final String EVERY = "every";
    /** The same, and it stays at zero in those that do not report. */
    private static final String ZERO = "zero";

    private final Layout layout;
    private final Map<String, String> labelSets = new HashMap<>();
    private final Map<String, double[]> bounds = new HashMap<>();
    private final List<Family> families = new ArrayList<>();
    private String name = "";
    private String type = "";
    private String help = "";
    private double[] familyBounds = {};
    private boolean leftOut;
    private boolean ranksFirst;
    private List<Placed> series = new ArrayList<>();

    /** A series and the number of its rank. */
    private record Placed(int rank, Series series) {}

    private FamilyTable(Layout layout) {
        this.layout = layout;
    }

    /** The families of a table. */
    static List<Family> read(String table, Layout layout) {
        FamilyTable reader = new FamilyTable(layout);
        table.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(reader::line);
        reader.endFamily();
        return List.copyOf(reader.families);
    }

    private void line(String line) {
        String[] words = line.split(" +", 3);
        switch (words[0]) {
            case "labels" -> labelSets.put(words[1], words[2]);
            case "buckets" -> bounds.put(words[1], boundsOf(words[2]));
            case "family" -> {} // the headings
            case "ranks" -> ranksFirst = true;
            default -> row(line);
        }
    }

    private void row(String line) {
        String[] cells = new String[COLUMNS];
        String[] given = line.split("\\|", COLUMNS);
        for (int i = 0; i < COLUMNS; i++) {
            cells[i] = i < given.length ? given[i].strip() : "";
        }
        Matcher conditional = CONDITION.matcher(cells[0]);
        List<String> conditions =
                conditional.matches() ? List.of(conditional.group(1).split(" ")) : List.of();
        String named = conditional.matches() ? conditional.group(2) : cells[0];
        boolean holds = conditions.stream()
                .filter(word -> !word.equals(EVERY) && !word.equals(ZERO))
                .allMatch(layout::holds);
        if (!named.isEmpty()) {
            startFamily(named, cells);
            leftOut = !holds;
        }
        if (holds && !leftOut) {
            addSeries(cells[2], cells[3], conditions);
        }
    }

    private void startFamily(String named, String[] cells) {
        endFamily();
        name = named;
        type = cells[1];
        familyBounds = bounds.containsKey(cells[4]) ? bounds.get(cells[4]) : boundsOf(cells[4]);
        help = cells[5].replace("\\s", " ");
    }

    private void endFamily() {
        if (!series.isEmpty()) {
            if (ranksFirst) {
                series.sort(Comparator.comparingInt(Placed::rank));
            }
            families.add(new Family(
                    name, type, help, series.stream().map(Placed::series).toList()));
            series = new ArrayList<>();
        }
    }

    /** Once, or once for each rank where the labels name it. */
    private void addSeries(String cell, String reads, List<String> conditions) {
        String labels = labels(cell);
        if (Rank.VARIABLES.stream().noneMatch(labels::contains)) {
            series.add(new Placed(0, series(labels, reads, layout.whole())));
            return;
        }
        for (int i = 0; i < layout.ranks().size(); i++) {
            Rank rank = layout.ranks().get(i);
            if (rank.reports() || conditions.contains(EVERY)) {
                series.add(new Placed(i, series(with(rank.variables(), labels), reads, rank.measures())));
            } else if (conditions.contains(ZERO)) {
                String zero = counts() ? "none" : "0";
                series.add(new Placed(i, series(with(rank.variables(), labels), zero, rank.measures())));
            }
        }
    }

    private String labels(String cell) {
        String labels = cell;
        for (Map.Entry<String, String> set : labelSets.entrySet()) {
            labels = labels.replaceAll("@" + set.getKey() + "\\b", set.getValue());
        }
        return with(layout.variables(), labels);
    }

    private static String with(Map<String, String> variables, String labels) {
        String replaced = labels;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            replaced = replaced.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        return replaced;
    }

    private boolean counts() {
        return type.equals("histogram") || type.equals("summary");
    }

    private Series series(String labels, String reads, Measures measures) {
        boolean onlySeen = reads.endsWith("?");
        String[] scaled = (onlySeen ? reads.substring(0, reads.length() - 1) : reads).split("\\*");
        double scale = scaled.length == 1 ? 1 : Double.parseDouble(scaled[1]);
        if (measures.isStates(scaled[0])) {
            return new Series.States(measures.statesOf(scaled[0]));
        }
        return counts()
                ? observations(labels, measures.distributionOf(scaled[0]), scale, onlySeen)
                : number(labels, value(scaled[0], measures), scale, onlySeen);
    }

    private Series observations(String labels, Distribution distribution, double scale, boolean onlySeen) {
        double[] counted = type.equals("histogram") ? familyBounds : new double[0];
        Histogram histogram = distribution.histogram(counted, scale);
        return new Series.Observations(labels, () -> !onlySeen || histogram.count() > 0, familyBounds, histogram);
    }

    private Series number(String labels, DoubleSupplier value, double scale, boolean onlySeen) {
        BooleanSupplier seen = type.equals("gauge") ? layout.begun() : () -> value.getAsDouble() > 0;
        return new Series.Number(
                labels, () -> !onlySeen || seen.getAsBoolean(), scale == 1 ? value : () -> value.getAsDouble() * scale);
    }

    private static DoubleSupplier value(String measure, Measures measures) {
        char first = measure.charAt(0);
        if (Character.isDigit(first) || first == '-' || measure.equals("NaN")) {
            double constant = Double.parseDouble(measure);
            return () -> constant;
        }
        return measures.number(measure);
    }

    private static double[] boundsOf(String cell) {
        String[] words = cell.split(" ");
        return switch (words[0]) {
            case "" -> new double[0];
            case "growing" -> growing(number(words[1]), number(words[2]), Integer.parseInt(words[3]));
            case "linear" -> linear(number(words[1]), Integer.parseInt(words[2]));
            case "quantiles" -> numbers(cell.substring("quantiles ".length()));
            default -> numbers(cell);
        };
    }

    private static double[] growing(double start, double factor, int count) {
        double[] bounds = new double[count];
        double bound = start;
        for (int i = 0; i < count; i++) {
            bound *= factor;
            bounds[i] = bound;
        }
        return bounds;
    }

    private static double[] linear(double width, int count) {
        double[] bounds = new double[count];
        for (int i = 0; i < count; i++) {
            bounds[i] = width * (i + 1);
        }
        return bounds;
    }

    private static double[] numbers(String cell) {
        String[] words = cell.split(" ");
        double[] numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = number(words[i]);
        }
        return numbers;
    }

    private static double number(String word) {
        return Double.parseDouble(word);
    }
}
