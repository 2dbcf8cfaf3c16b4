package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

    /**
     * A line; a sample if it has a number.
     *
     * @param given the number in a file
     * @param rest what is behind the number, unless it is the time of the scrape
     * @param buckets of the histogram that starts on this line and ends with its count and sum; 0 on any other line
     */
    record Line(String series, Numbers numbers, String given, String rest, int buckets) {
        Line(String series, Numbers numbers) {
            this(series, numbers, "", "", 0);
        }
    }

    /** A sample as it is written in a body; what is behind its value, such as a time, with the blank. */
    record Written(String series, String value, String rest) {}

    private final List<Line> lines = new ArrayList<>();
    private boolean timestamps;
    private boolean reordered;

    Body comment(String text) {
        lines.add(new Line(text, Numbers.NONE));
        return this;
    }

    Body sample(String series, Numbers numbers) {
        lines.add(new Line(series, numbers));
        return this;
    }

    /** A histogram of one label set, whose count follows its buckets, which end with {@code +Inf}, and whose sum comes last. */
    Body histogram(List<String> buckets, String count, String sum, Numbers counts, Numbers sums) {
        lines.add(new Line(buckets.get(0), counts, "", "", buckets.size()));
        buckets.stream().skip(1).forEach(bucket -> sample(bucket, counts));
        return sample(count, counts).sample(sum, sums);
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
        Values values = new Values(lines, new Random(1));
        List<byte[]> scrapes = new ArrayList<>();
        for (int scrape = 0; scrape < count; scrape++) {
            scrapes.add(text(values, 1_790_000_000_000L + 1_000L * scrape, order(scrape)));
            values.change((int) Math.round(changed * samples()));
        }
        return scrapes;
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

    private byte[] text(Values values, long millis, List<Integer> order) {
        StringBuilder text = new StringBuilder();
        for (int i : order) {
            Line line = lines.get(i);
            text.append(line.series);
            if (line.numbers != Numbers.NONE) {
                text.append(' ').append(values.text(i)).append(line.rest);
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
        written(line)
                .ifPresentOrElse(
                        sample -> lines.add(new Line(sample.series, Numbers.GIVEN, sample.value, sample.rest, 0)),
                        () -> comment(line));
    }

    /** What a line says if it is that of a sample. */
    static Optional<Written> written(String line) {
        Matcher sample = SAMPLE.matcher(line);
        return sample.matches()
                ? Optional.of(new Written(sample.group(1), sample.group(2), sample.group(3)))
                : Optional.empty();
    }
}
