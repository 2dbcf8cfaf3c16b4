package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A body to read, and what the same server would say at its next scrapes: the same series, some of them with another
 * value. The same seed gives the same bytes.
 */
final class Body {
    /** A line; a sample if it has a number. */
    private record Line(String text, Numbers numbers) {}

    private final List<Line> lines = new ArrayList<>();
    private boolean timestamps;

    /** How a server writes its values. */
    enum Numbers {
        /** A comment has none. */
        NONE,
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

        private String next(Random random) {
            return switch (this) {
                case NONE -> "";
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
        lines.add(new Line(text, Numbers.NONE));
        return this;
    }

    Body sample(String series, Numbers numbers) {
        lines.add(new Line(series, numbers));
        return this;
    }

    /** Every sample has the time of its scrape. */
    Body withTimestamps() {
        timestamps = true;
        return this;
    }

    /** The samples, which are as many in every scrape. */
    int samples() {
        return (int) lines.stream().filter(line -> line.numbers != Numbers.NONE).count();
    }

    /** A first scrape and further ones, in each of which a share of the values differs from the one before. */
    List<byte[]> scrapes(int count, double changed) {
        Random random = new Random(1);
        String[] values = new String[lines.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = lines.get(i).numbers.next(random);
        }
        List<byte[]> scrapes = new ArrayList<>();
        for (int scrape = 0; scrape < count; scrape++) {
            scrapes.add(text(values, 1_790_000_000_000L + 1_000L * scrape));
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
        String next = numbers.next(random);
        while (numbers != Numbers.NONE && next.equals(value)) {
            next = numbers.next(random);
        }
        return next;
    }

    private byte[] text(String[] values, long millis) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(lines.get(i).text);
            if (!values[i].isEmpty()) {
                text.append(' ').append(values[i]);
                if (timestamps) {
                    text.append(' ').append(millis);
                }
            }
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A file as it is, of which every scrape is the same. */
    static List<byte[]> file(Path path) {
        try {
            return List.of(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + path, e);
        }
    }
}
