package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body to read, and what the same server would say at its next scrapes: the same series, some of them with another
 * value. The same seed gives the same bytes.
 */
final class Body {
    /** Series, value, and what is behind them. */
    private static final Pattern SAMPLE = Pattern.compile(
            "([^#\\s{][^\\s{]*+(?:\\s*+\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*+\")*+})?+)\\s*+(\\S++)(.*+)");

    /** A line; a sample if it has a number. What is behind the number is as given, or the time of the scrape. */
    private record Line(String series, Numbers numbers, String given, String rest) {}

    private final List<Line> lines = new ArrayList<>();
    private boolean timestamps;
    private boolean reordered;

    /** How a server writes its values. */
    enum Numbers {
        /** A comment has none. */
        NONE,
        /** As in a file; the next differs in its last digit. */
        GIVEN,
        /** Python: {@code 17.0}. */
        PYTHON_COUNT,
        /** Python: a sum of seconds, with up to 17 digits. */
        PYTHON_SUM,
        /** Go: {@code 17}. */
        COUNT,
        /** Go: mostly 0 or 1. */
        FLAG,
        /** Go: {@code 1.4213e+07}. */
        LARGE,
        /** Go: {@code 1234.56}. */
        SECONDS;

        String next(Random random) {
            return switch (this) {
                case NONE, GIVEN -> "";
                case PYTHON_COUNT -> random.nextInt(5_000) + ".0";
                case PYTHON_SUM -> Double.toString(random.nextDouble() * 1_000);
                case COUNT -> Integer.toString(random.nextInt(2_000));
                case FLAG -> random.nextInt(10) == 0 ? "1" : "0";
                case LARGE ->
                    (1 + random.nextInt(8)) + "." + random.nextInt(1_000_000) + "e+0" + (6 + random.nextInt(4));
                case SECONDS -> random.nextInt(100_000) + "." + random.nextInt(100);
            };
        }
    }

    Body comment(String text) {
        lines.add(new Line(text, Numbers.NONE, "", ""));
        return this;
    }

    Body sample(String series, Numbers numbers) {
        lines.add(new Line(series, numbers, "", ""));
        return this;
    }

    /** Every sample has the time of its scrape. */
    Body withTimestamps() {
        timestamps = true;
        return this;
    }

    /** Families come in another order at every scrape. */
    Body reordered() {
        reordered = true;
        return this;
    }

    /** The samples, which are as many in every scrape. */
    int samples() {
        return (int) lines.stream().filter(line -> line.numbers != Numbers.NONE).count();
    }

    /** Name and labels of each sample, as written. */
    List<String> series() {
        return lines.stream()
                .filter(line -> line.numbers != Numbers.NONE)
                .map(Line::series)
                .toList();
    }

    /** The names on the TYPE lines. */
    List<String> families() {
        return lines.stream()
                .map(Line::series)
                .filter(text -> text.startsWith("# TYPE "))
                .map(text -> text.split(" ")[2])
                .toList();
    }

    /** A first scrape and further ones, in each of which a share of the values differs from the one before. */
    List<byte[]> scrapes(int count, double changed) {
        Random random = new Random(1);
        String[] values = new String[lines.size()];
        for (int i = 0; i < values.length; i++) {
            Line line = lines.get(i);
            values[i] = line.numbers == Numbers.GIVEN ? line.given : line.numbers.next(random);
        }
        List<byte[]> scrapes = new ArrayList<>();
        for (int scrape = 0; scrape < count; scrape++) {
            scrapes.add(text(values, 1_790_000_000_000L + 1_000L * scrape, order(scrape)));
            for (int i = 0; i < values.length; i++) {
                if (random.nextDouble() < changed) {
                    values[i] = other(lines.get(i).numbers, values[i], random);
                }
            }
        }
        return scrapes;
    }

    private static String other(Numbers numbers, String value, Random random) {
        if (numbers == Numbers.FLAG) {
            return value.equals("0") ? "1" : "0";
        }
        if (numbers == Numbers.GIVEN) {
            int last = value.length() - 1;
            int digit = Character.digit(value.charAt(last), 10);
            return digit < 0 ? value : value.substring(0, last) + (digit + 1) % 10;
        }
        String next = numbers.next(random);
        while (numbers != Numbers.NONE && next.equals(value)) {
            next = numbers.next(random);
        }
        return next;
    }

    /** The lines as they come in a scrape: a family stays together. */
    private List<Integer> order(int scrape) {
        List<List<Integer>> families = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean comment = lines.get(i).numbers == Numbers.NONE;
            if (i == 0 || (comment && lines.get(i - 1).numbers != Numbers.NONE)) {
                families.add(new ArrayList<>());
            }
            families.get(families.size() - 1).add(i);
        }
        if (reordered) {
            Collections.shuffle(families, new Random(scrape));
        }
        return families.stream().flatMap(List::stream).toList();
    }

    private byte[] text(String[] values, long millis, List<Integer> order) {
        StringBuilder text = new StringBuilder();
        for (int i : order) {
            Line line = lines.get(i);
            text.append(line.series);
            if (line.numbers != Numbers.NONE) {
                text.append(' ').append(values[i]).append(line.rest);
                if (timestamps) {
                    text.append(' ').append(millis);
                }
            }
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A file, of which further scrapes have other values. */
    static Body file(Path path) {
        Body body = new Body();
        try {
            Files.readAllLines(path).forEach(body::given);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + path, e);
        }
        return body;
    }

    private void given(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
            lines.add(new Line(sample.group(1), Numbers.GIVEN, sample.group(2), sample.group(3)));
        } else {
            comment(line);
        }
    }
}
