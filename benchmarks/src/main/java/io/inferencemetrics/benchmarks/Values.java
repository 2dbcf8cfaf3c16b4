package io.inferencemetrics.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the samples of a body say, from one scrape to the next.
 *
 * <p>Histograms change as those of real servers do: what is observed counts in its bucket and in all above it, so that what
 * changed stands together, and buckets above all observations say the same. All other samples change one by one.
 */
final class Values {
    private static final int MOST_OBSERVATIONS = 100;
    /** What stands behind the buckets of a histogram. */
    private static final int COUNT_AND_SUM = 2;

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
                line += buckets + COUNT_AND_SUM;
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
        /** The lowest bucket in which something is observed. */
        private final int lowest;
        /** In how many buckets from there on something is. */
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
            int sum = changeSample(sumLine);
            int lowestNow = counts.length + COUNT_AND_SUM - most;
            if (lowestNow >= counts.length) {
                return sum; // no server does so; it fills up the share that is to change
            }
            int first = observe(lowestNow, 1 + random.nextInt(MOST_OBSERVATIONS));
            return counts.length - first + COUNT_AND_SUM;
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
