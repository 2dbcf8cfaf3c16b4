package io.inferencemetrics.testkit.contract;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Reads {@code ( 24680 - 11920 ) / 10.06}: numbers, signs and parentheses with blanks between them. */
final class Arithmetic {
    private final Deque<String> words;

    private Arithmetic(String text) {
        words = new ArrayDeque<>(Arrays.asList(text.strip().split("\\s+")));
    }

    static double value(String text) {
        Arithmetic rest = new Arithmetic(text);
        double value = rest.sum();
        if (!rest.words.isEmpty()) {
            throw new IllegalArgumentException(
                    "an end was expected at '" + rest.words.getFirst() + "' in '" + text + "'");
        }
        return value;
    }

    private double sum() {
        double value = product();
        while (next("+") || next("-")) {
            value = words.removeFirst().equals("+") ? value + product() : value - product();
        }
        return value;
    }

    private double product() {
        double value = factor();
        while (next("*") || next("/")) {
            value = words.removeFirst().equals("*") ? value * factor() : value / factor();
        }
        return value;
    }

    private double factor() {
        String word = words.removeFirst();
        if (!word.equals("(")) {
            return Double.parseDouble(word);
        }
        double value = sum();
        words.removeFirst();
        return value;
    }

    private boolean next(String word) {
        return word.equals(words.peekFirst());
    }
}
