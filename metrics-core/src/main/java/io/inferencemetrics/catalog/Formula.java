package io.inferencemetrics.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A value computed from others, from left to right.
 *
 * @param steps the first takes a term, each other does something with it
 */
public record Formula(List<Step> steps) {
    /** Stands before a term of which, over a window, the change counts: by how much a gauge rose from its start to its end. */
    public static final String CHANGE = "change:";

    /** What a step does to the value so far. */
    public enum Operator {
        /** Takes a term. */
        TAKE(""),
        /** Adds a term. */
        PLUS("+"),
        /** Subtracts a term. */
        MINUS("-"),
        /** Multiplies by a term. */
        TIMES("*"),
        /** Divides by a term. */
        DIVIDE("/"),
        /** Takes the term where it is greater. */
        AT_LEAST("atleast"),
        /** Rounds to the nearest whole number. */
        ROUND("round");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        private static Operator of(String word) {
            for (Operator operator : values()) {
                if (operator.sign.equals(word)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException("+, -, *, /, atleast or round was expected, not '" + word + "'");
        }
    }

    /**
     * One step.
     *
     * @param term the name of a metric or family, or a number; empty for {@code ROUND}
     */
    public record Step(Operator operator, String term) {
        private boolean hasNumber() {
            return !term.isEmpty() && Character.isDigit(term.charAt(0));
        }

        private double term(ToDoubleFunction<String> values) {
            return hasNumber() ? Double.parseDouble(term) : values.applyAsDouble(term);
        }
    }

    /** Reads {@code a / b} or {@code a - 1 * b round}; names and signs are separated by blanks. */
    static Formula parse(String text) {
        String[] words = text.strip().split("\\s+");
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(Operator.TAKE, words[0]));
        for (int i = 1; i < words.length; i++) {
            Operator operator = Operator.of(words[i]);
            if (operator == Operator.ROUND) {
                steps.add(new Step(operator, ""));
            } else if (i + 1 < words.length) {
                steps.add(new Step(operator, words[++i]));
            } else {
                throw new IllegalArgumentException("a term was expected after " + words[i]);
            }
        }
        return new Formula(List.copyOf(steps));
    }

    /** The metrics and families that are needed, each once. */
    public List<String> terms() {
        return steps.stream()
                .filter(step -> !step.hasNumber() && step.operator() != Operator.ROUND)
                .map(Step::term)
                .distinct()
                .toList();
    }

    /** Whether the formula only takes one term and leaves it as it is. */
    public boolean isAlias() {
        return steps.size() == 1;
    }

    /** The result for the values of the terms; NaN for a division by zero. */
    public double apply(ToDoubleFunction<String> values) {
        double result = 0;
        for (Step step : steps) {
            result = switch (step.operator()) {
                case TAKE -> step.term(values);
                case PLUS -> result + step.term(values);
                case MINUS -> result - step.term(values);
                case TIMES -> result * step.term(values);
                case DIVIDE -> divide(result, step.term(values));
                case AT_LEAST -> Math.max(result, step.term(values));
                case ROUND -> Math.rint(result);
            };
        }
        return result;
    }

    private static double divide(double a, double b) {
        return b == 0 ? Double.NaN : a / b;
    }

    @Override
    public String toString() {
        return steps.stream()
                .map(step -> (step.operator().sign + " " + step.term()).strip())
                .collect(Collectors.joining(" "));
    }
}
