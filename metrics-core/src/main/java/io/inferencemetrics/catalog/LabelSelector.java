package io.inferencemetrics.catalog;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one label of a series.
 *
 * @param label the label's name
 * @param operator how values are compared
 * @param values what they are compared with; a single regular expression for {@code MATCHES}
 */
public record LabelSelector(String label, Operator operator, List<String> values) {

    /** How a label's value is compared. */
    public enum Operator {
        /** {@code label=a,b}: is one of these. */
        IS("="),
        /** {@code label?=a,b}: is one of these, or the label is missing. */
        IS_OR_MISSING("?="),
        /** {@code label!=a,b}: is none of these. */
        IS_NOT("!="),
        /** {@code label~5..}: matches as a whole. */
        MATCHES("~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    static LabelSelector parse(String text) {
        for (Operator operator : List.of(Operator.IS_OR_MISSING, Operator.IS_NOT, Operator.MATCHES, Operator.IS)) {
            int at = text.indexOf(operator.sign);
            if (at > 0) {
                return of(text.substring(0, at), operator, text.substring(at + operator.sign.length()));
            }
        }
        throw new IllegalArgumentException("a selector such as label=a,b was expected, not '" + text + "'");
    }

    private static LabelSelector of(String label, Operator operator, String values) {
        return new LabelSelector(
                label, operator, operator == Operator.MATCHES ? List.of(values) : List.of(values.split(",", -1)));
    }

    /** Whether a label's value, null where the series lacks the label, meets the condition. */
    public boolean accepts(@Nullable String value) {
        return switch (operator) {
            case IS -> value != null && values.contains(value);
            case IS_OR_MISSING -> value == null || values.contains(value);
            case IS_NOT -> value == null || !values.contains(value);
            case MATCHES -> value != null && Pattern.matches(values.get(0), value);
        };
    }
}
