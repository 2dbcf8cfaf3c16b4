package io.inferencemetrics.catalog;

import java.util.List;

/**
 * Which part of a family's samples is the value.
 *
 * @param part what is taken
 * @param labels the labels it is taken from, or the names of the bits from the lowest; empty for others
 */
public record Take(Part part, List<String> labels) {

    /** The parts that can be taken. */
    public enum Part {
        /** The sample's value, or the whole histogram. */
        VALUE,
        /** The sum of a histogram or summary. */
        SUM,
        /** The count of a histogram or summary. */
        COUNT,
        /** The number or text in a label. */
        LABEL,
        /** The product of two labels' numbers. */
        PRODUCT,
        /** One series for each item of a label's comma-separated list, on the newest series. */
        ITEMS,
        /** The text of a label on the series whose value is 1. */
        STATE,
        /** One series for each bit of the value that has a name, which is 1 or 0. */
        BITS
    }

    /** The sample's value, or the whole histogram. */
    public static final Take VALUE = new Take(Part.VALUE, List.of());

    static Take parse(String text) {
        String argument = text.substring(text.indexOf(':') + 1);
        return switch (text.replaceFirst(":.*", "")) {
            case "" -> VALUE;
            case "sum" -> new Take(Part.SUM, List.of());
            case "count" -> new Take(Part.COUNT, List.of());
            case "label" -> new Take(Part.LABEL, List.of(argument));
            case "product" -> new Take(Part.PRODUCT, List.of(argument.split("\\*", -1)));
            case "items" -> new Take(Part.ITEMS, List.of(argument));
            case "bits" -> new Take(Part.BITS, List.of(argument.split(",", -1)));
            case "state" -> new Take(Part.STATE, List.of(argument));
            default ->
                throw new IllegalArgumentException(
                        "nothing, sum, count, label:, product:, items:, bits: or state: was expected, not '" + text
                                + "'");
        };
    }
}
