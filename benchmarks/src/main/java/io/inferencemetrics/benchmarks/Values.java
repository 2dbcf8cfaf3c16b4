package io.inferencemetrics.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the samples of a body say, from one scrape to the next.
 *
 * <p>As in pairs of scrapes taken from vLLM and SGLang under load: counts and sums grow, and seldom get longer; what a
 * histogram observes counts in all buckets above, so that what changed stands together, and what never changes as well.
 */
final class Values {
    private static final int MOST_OBSERVATIONS = 100;

    private final List<Body.Line> lines;
    private final Random random;
    private final String[] texts;
    private final List<Part> parts = new ArrayList<>();

    /** What changes by itself: a sample, or a histogram. */
    private interface Part {
        /** Changes up to so many values; how many it did. */
        int change(int most);
    }

    Values(List<Body.Line> lines, Random random) {
        this.lines = lines;
        this.random = random;
        texts = new String[lines.size()];
        int line = 0;
        while (line < texts.length) {
            int buckets = lines.get(line).buckets();
            if (buckets > 0) {
                parts.add(new Histogram(line, buckets));
                line += buckets + 2;
            } else {
                addSingle(line);
                line++;
            }
        }
    }

    private void addSingle(int line) {
        Numbers numbers = lines.get(line).numbers();
        texts[line] = numbers == Numbers.GIVEN ? lines.get(line).given() : numbers.first(random);
        if (numbers != Numbers.NONE) {
            parts.add(most -> changeSample(line));
        }
    }

    private int changeSample(int line) {
        String before = texts[line];
        texts[line] = lines.get(line).numbers().after(before, random);
        return texts[line].equals(before) ? 0 : 1;
    }

    /** What the sample on a line says now. */
    String text(int line) {
        return texts[line];
    }

    /** Changes so many of them, anywhere; fewer where the others never change. */
    void change(int count) {
        Collections.shuffle(parts, random);
        int left = count;
        for (Part part : parts) {
            if (left == 0) {
                return;
            }
            left -= part.change(left);
        }
    }

    /** Buckets up to {@code +Inf}, then count and sum. */
    private final class Histogram implements Part {
        private final int firstLine;
        private final int sumLine;
        private final long[] counts;
        /** The lowest bucket in which something is observed, and how many more there are. */
        private final int lowest;

        private final int range;

        Histogram(int firstLine, int buckets) {
            this.firstLine = firstLine;
            counts = new long[buckets];
            lowest = buckets / 12 + random.nextInt(buckets / 4);
            range = buckets / 3;
            sumLine = firstLine + buckets + 1;
            texts[sumLine] = lines.get(sumLine).numbers().first(random);
            observe(0, 50 + random.nextInt(1_000));
        }

        @Override
        public int change(int most) {
            int lowestNow = Math.min(counts.length, Math.max(0, counts.length + 2 - most));
            int sum = changeSample(sumLine);
            if (lowestNow == counts.length) {
                return sum;
            }
            int first = observe(lowestNow, 1 + random.nextInt(MOST_OBSERVATIONS));
            return counts.length - first + 2;
        }

        /** The first bucket that changed. */
        private int observe(int least, int observations) {
            int first = counts.length;
            for (int i = 0; i < observations; i++) {
                int bucket = Math.max(least, lowest + random.nextInt(range));
                first = Math.min(first, bucket);
                for (int above = bucket; above < counts.length; above++) {
                    counts[above]++;
                }
            }
            write();
            return first;
        }

        private void write() {
            for (int bucket = 0; bucket < counts.length; bucket++) {
                texts[firstLine + bucket] =
                        lines.get(firstLine + bucket).numbers().text(counts[bucket]);
            }
            int countLine = firstLine + counts.length;
            texts[countLine] = texts[countLine - 1];
        }
    }
}
