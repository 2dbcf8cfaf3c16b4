package io.inferencemetrics.snapshot;

import java.util.ArrayList;
import java.util.List;

/**
 * A released version of an engine, such as {@code 0.4.3.post3} or {@code 10809}, ordered as releases follow each other.
 * What follows a {@code +} or {@code -}, such as {@code +cu128}, names a build and has no part in the order.
 *
 * @param text the version without a leading {@code v}, or {@code b} for build
 */
public record EngineVersion(String text) implements Comparable<EngineVersion> {

    /**
     * Reads a version; a leading {@code v}, or {@code b} for build, is dropped.
     *
     * @throws IllegalArgumentException when it does not start with a number
     */
    public static EngineVersion of(String text) {
        String bare = text.startsWith("v") || text.startsWith("b") ? text.substring(1) : text;
        if (bare.isEmpty() || !Character.isDigit(bare.charAt(0))) {
            throw new IllegalArgumentException("a version such as 0.9.2 was expected, not '" + text + "'");
        }
        return new EngineVersion(bare);
    }

    @Override
    public int compareTo(EngineVersion other) {
        List<Integer> mine = numbers(text);
        List<Integer> theirs = numbers(other.text);
        for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
            int order = Integer.compare(at(mine, i), at(theirs, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int at(List<Integer> numbers, int i) {
        return i < numbers.size() ? numbers.get(i) : 0;
    }

    /** 0.4.3.post3 is 0, 4, 3, 3; a release candidate comes before its release. */
    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.replaceFirst("[+-].*", "").split("\\.", -1)) {
            boolean candidate = part.contains("rc");
            String digits = part.replaceFirst("rc.*", "").replaceAll("[^0-9]", "");
            numbers.add(digits.isEmpty() ? 0 : Integer.parseInt(digits.substring(0, Math.min(9, digits.length()))));
            if (candidate) {
                numbers.add(-1);
            }
        }
        return numbers;
    }

    @Override
    public String toString() {
        return text;
    }
}
