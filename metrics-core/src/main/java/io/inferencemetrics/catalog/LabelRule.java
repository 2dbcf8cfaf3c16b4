package io.inferencemetrics.catalog;

/**
 * How series that differ in one label combine.
 *
 * @param treatment what the label's values are to each other
 * @param dimension the name under which series keep the label; empty unless the treatment is {@code DIMENSION} or {@code PART}
 */
public record LabelRule(Treatment treatment, String dimension) {

    /** What the values of a label are to each other. */
    public enum Treatment {
        /** Different things: a series for each. */
        DIMENSION,
        /** Different things that are parts of the series without the label: where it is there, it alone is combined. */
        PART,
        /** The value of the whole, repeated for each of its parts: the series without the label, else the maximum. */
        REPEATED,
        /** Copies of one value: the maximum; of histograms the one with the lowest label. */
        COPY,
        /** Parts of a whole: they add up. */
        SUM,
        /** Parts of a whole beside their total, which has the empty value and wins. */
        TOTAL
    }

    static LabelRule dimension(String name) {
        return new LabelRule(Treatment.DIMENSION, name);
    }

    /** Whether series that differ in the label stay apart. */
    public boolean tellsApart() {
        return treatment == Treatment.DIMENSION || treatment == Treatment.PART;
    }

    /** Reads {@code dimension NAME}, {@code part NAME}, {@code repeated}, {@code copy}, {@code sum} or {@code total}. */
    static LabelRule parse(String label, String text) {
        String[] words = text.trim().split("\\s+");
        return switch (words[0]) {
            case "dimension" -> dimension(words.length > 1 ? words[1] : label);
            case "part" -> new LabelRule(Treatment.PART, words.length > 1 ? words[1] : label);
            case "repeated" -> new LabelRule(Treatment.REPEATED, "");
            case "copy" -> new LabelRule(Treatment.COPY, "");
            case "sum" -> new LabelRule(Treatment.SUM, "");
            case "total" -> new LabelRule(Treatment.TOTAL, "");
            default ->
                throw new IllegalArgumentException(
                        "a label is 'dimension NAME', 'part NAME', 'repeated', 'copy', 'sum' or 'total', not '" + text
                                + "'");
        };
    }
}
