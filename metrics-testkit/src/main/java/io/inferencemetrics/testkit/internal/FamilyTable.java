package io.inferencemetrics.testkit.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** Reads the table of an engine's families, whose format each table explains, and ties it to what a model measures. */
final class FamilyTable {
    private static final int COLUMNS = 6;

    private final Measures measures;
    private final BooleanSupplier begun;
    private final Map<String, String> variables;
    private final Map<String, String> labelSets = new HashMap<>();
    private final Map<String, double[]> bounds = new HashMap<>();
    private final List<Family> families = new ArrayList<>();
    private String name = "";
    private String type = "";
    private String help = "";
    private double[] familyBounds = {};
    private List<Series> series = new ArrayList<>();

    private FamilyTable(Measures measures, BooleanSupplier begun, Map<String, String> variables) {
        this.measures = measures;
        this.begun = begun;
        this.variables = variables;
    }

    /**
     * The families of a table.
     *
     * @param begun whether the engine has had a request
     * @param variables what stands for {@code {name}} in label values, escaped
     */
    static List<Family> read(String table, Measures measures, BooleanSupplier begun, Map<String, String> variables) {
        FamilyTable reader = new FamilyTable(measures, begun, variables);
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
            default -> row(line);
        }
    }

    private void row(String line) {
        String[] cells = new String[COLUMNS];
        String[] given = line.split("\\|", COLUMNS);
        for (int i = 0; i < COLUMNS; i++) {
            cells[i] = i < given.length ? given[i].strip() : "";
        }
        if (!cells[0].isEmpty()) {
            endFamily();
            name = cells[0];
            type = cells[1];
            familyBounds = bounds.containsKey(cells[4]) ? bounds.get(cells[4]) : boundsOf(cells[4]);
            help = cells[5].replace("\\s", " ");
        }
        series.add(series(labels(cells[2]), cells[3]));
    }

    private void endFamily() {
        if (!series.isEmpty()) {
            families.add(new Family(name, type, help, series));
            series = new ArrayList<>();
        }
    }

    private String labels(String cell) {
        String labels = cell;
        for (Map.Entry<String, String> set : labelSets.entrySet()) {
            labels = labels.replaceAll("@" + set.getKey() + "\\b", set.getValue());
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            labels = labels.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        return labels;
    }

    private Series series(String labels, String reads) {
        boolean onlySeen = reads.endsWith("?");
        String[] scaled = (onlySeen ? reads.substring(0, reads.length() - 1) : reads).split("\\*");
        double scale = scaled.length == 1 ? 1 : Double.parseDouble(scaled[1]);
        boolean counts = type.equals("histogram") || type.equals("summary");
        return counts ? observations(labels, scaled[0], scale, onlySeen) : number(labels, scaled[0], scale, onlySeen);
    }

    private Series observations(String labels, String measure, double scale, boolean onlySeen) {
        double[] counted = type.equals("histogram") ? familyBounds : new double[0];
        Histogram histogram = measures.distributionOf(measure).histogram(counted, scale);
        return new Series.Observations(labels, () -> !onlySeen || histogram.count() > 0, familyBounds, histogram);
    }

    private Series number(String labels, String measure, double scale, boolean onlySeen) {
        DoubleSupplier value = value(measure);
        BooleanSupplier seen = type.equals("gauge") ? begun : () -> value.getAsDouble() > 0;
        return new Series.Number(
                labels, () -> !onlySeen || seen.getAsBoolean(), scale == 1 ? value : () -> value.getAsDouble() * scale);
    }

    private DoubleSupplier value(String measure) {
        if (Character.isDigit(measure.charAt(0)) || measure.equals("NaN")) {
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
