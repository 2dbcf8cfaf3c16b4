package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How fast is each way of reading, and each parser of others, compared with finding the newlines of the same bytes?
 *
 * <p>Prints tables in Markdown. Takes the number of rounds, 20 unless given, and the inputs, all unless given.
 */
public final class Ratios {
    private Ratios() {}

    /** Measures and prints. */
    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        List<String> inputs = args.length > 1 ? List.of(args).subList(1, args.length) : Input.names();
        System.out.println(machine() + ", " + rounds + " rounds.\n");
        Map<String, Results> results = new LinkedHashMap<>();
        try (Peers peers = new Peers()) {
            for (String name : inputs) {
                Input input = Input.named(name);
                List<Way> ways = new ArrayList<>(OwnWays.of(input));
                ways.addAll(peers.of(input));
                Results found = Race.run(ways, rounds);
                printInput(input, found);
                results.put(name, found);
            }
            printSummary(results);
            peers.notes().forEach(note -> System.out.println("- " + note));
        }
    }

    /** The machine, the JDK and the day. */
    static String machine() throws IOException {
        String model = System.getProperty("os.arch");
        Path cpus = Path.of("/proc/cpuinfo");
        if (Files.exists(cpus)) {
            try (Stream<String> lines = Files.lines(cpus)) {
                model = lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(model);
            }
        }
        String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(" and "));
        return model + ", " + Runtime.getRuntime().availableProcessors() + " CPUs, Java " + Runtime.version() + " with "
                + collectors + ", " + LocalDate.now(ZoneOffset.UTC);
    }

    private static void printInput(Input input, Results results) {
        int bytes = input.many().get(0).length;
        System.out.printf(Locale.ROOT, "**%s**: %,d bytes, %,d samples.%n%n", input.name(), bytes, input.samples());
        System.out.println(
                "| way | of the newline scan | middle 80 % | MB/s | ns a sample | × VictoriaMetrics | × SkyWalking"
                        + " | B a scrape |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (String way : results.ways()) {
            Results.Spread ratio = results.times(way, OwnWays.NEWLINES).orElseThrow();
            double speed = results.of(way).speed().median();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f to %.2f | %.0f | %.1f | %s | %s | %,d |%n",
                    way,
                    ratio.median(),
                    ratio.low(),
                    ratio.high(),
                    1_000 * speed,
                    bytes / speed / input.samples(),
                    times(results, way, Peers.VICTORIA_METRICS),
                    times(results, way, Peers.SKYWALKING),
                    results.of(way).allocatedPerScrape());
        }
        System.out.println();
    }

    private static String times(Results results, String way, String other) {
        return results.times(way, other)
                .map(times -> String.format(Locale.ROOT, times.median() < 10 ? "%.2f" : "%.0f", times.median()))
                .orElse("");
    }

    /** Of the newline scan, by way and input. */
    private static void printSummary(Map<String, Results> results) {
        System.out.println("| of the newline scan | " + String.join(" | ", results.keySet()) + " |");
        System.out.println("| --- |" + " ---: |".repeat(results.size()));
        Set<String> ways = new LinkedHashSet<>();
        results.values().forEach(result -> ways.addAll(result.ways()));
        for (String way : ways) {
            System.out.println(results.values().stream()
                    .map(result -> times(result, way, OwnWays.NEWLINES))
                    .collect(Collectors.joining(" | ", "| " + way + " | ", " |")));
        }
        System.out.println();
    }
}
