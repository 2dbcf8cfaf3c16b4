package io.inferencemetrics.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Do the values of generated inputs change from scrape to scrape as those of real servers do?
 *
 * <p>What a reader that knows the scrape before can save depends on it. Prints a table in Markdown. Takes the inputs;
 * {@code file}, with scrapes in the property {@code body}, is a real server.
 */
public final class ValueChanges {
    private final Map<String, String> before = new HashMap<>();
    private long samples;
    private long changed;
    private long otherLength;
    /** How often a value that changed and one that did not stand on lines next to each other. */
    private long edges;

    private long sameAsLineBefore;

    private ValueChanges() {}

    /** Counts and prints. */
    public static void main(String[] args) {
        System.out.println(
                "| input | changed | edges, a sample | other length, of the changed | as on the line before |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        for (String name : args) {
            Input input = Input.named(name);
            System.out.print(count(input.many()).row(name));
            if (!input.isFile()) {
                System.out.print(count(input.few()).row(name + ", fewer"));
            }
        }
    }

    private static ValueChanges count(List<byte[]> scrapes) {
        ValueChanges changes = new ValueChanges();
        changes.remember(scrapes.get(0));
        scrapes.stream().skip(1).forEach(scrape -> {
            changes.compare(scrape);
            changes.remember(scrape);
        });
        return changes;
    }

    private static List<Body.Written> samples(byte[] scrape) {
        return new String(scrape, StandardCharsets.UTF_8)
                .lines()
                .flatMap(line -> Body.written(line).stream())
                .toList();
    }

    private void remember(byte[] scrape) {
        samples(scrape).forEach(sample -> before.put(sample.series(), sample.value()));
    }

    private void compare(byte[] scrape) {
        boolean lastChanged = false;
        String lastValue = "";
        for (Body.Written sample : samples(scrape)) {
            String old = before.getOrDefault(sample.series(), "");
            boolean hasChanged = !sample.value().equals(old);
            samples++;
            changed += hasChanged ? 1 : 0;
            otherLength += sample.value().length() == old.length() ? 0 : 1;
            edges += hasChanged == lastChanged ? 0 : 1;
            sameAsLineBefore += sample.value().equals(lastValue) ? 1 : 0;
            lastChanged = hasChanged;
            lastValue = sample.value();
        }
    }

    private String row(String name) {
        double all = samples;
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                name,
                changed / all,
                edges / all,
                (double) otherLength / changed,
                sameAsLineBefore / all);
    }
}
