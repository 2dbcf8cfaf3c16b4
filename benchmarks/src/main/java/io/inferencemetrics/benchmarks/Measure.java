package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How fast is one way of reading in a JVM of its own, as in an application, which reads in one way?
 *
 * <p>What the JIT compiler makes of a method depends on all who call it: with every other way beside it in one JVM, a way
 * is some 15 % slower. The limit and the peers to compare with are in the same JVM, or beside it. Takes the input, the way
 * and the number of rounds.
 */
public final class Measure {
    /** The key of what was allocated in a scrape; all other keys are ways to compare with. */
    static final String ALLOCATED = "allocated";

    private static final Set<String> OTHERS = Set.of(OwnWays.NEWLINES, Peers.VICTORIA_METRICS, Peers.SKYWALKING);
    private static final String PEERS = "with peers";

    private Measure() {}

    /** Prints a line for each figure. */
    public static void main(String[] args) throws IOException {
        Input input = Input.named(args[0]);
        String name = args[1];
        List<Way> ways = new ArrayList<>(List.of(OwnWays.named(OwnWays.NEWLINES, input), OwnWays.named(name, input)));
        try (Peers peers = new Peers()) {
            if (args.length > 3) {
                peers.of(input).stream()
                        .filter(way -> OTHERS.contains(way.name()))
                        .forEach(ways::add);
            }
            Results results = Race.run(ways, Integer.parseInt(args[2]));
            for (String other : OTHERS) {
                results.times(name, other).ifPresent(times -> print(other, times.median()));
            }
            print(ALLOCATED, results.of(name).allocatedPerScrape());
        }
    }

    private static void print(String key, double value) {
        System.out.println(key + "\t" + value);
    }

    /** What {@link #main} prints, from a new JVM. */
    static Map<String, Double> inOwnJvm(Input input, String way, int rounds, boolean withPeers) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        ModuleLayer.boot()
                .findModule("jdk.incubator.vector")
                .ifPresent(module -> command.addAll(List.of("--add-modules", module.getName())));
        command.addAll(List.of(Measure.class.getName(), input.name(), way, Integer.toString(rounds)));
        if (withPeers) {
            command.add(PEERS);
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> figures = new HashMap<>();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .filter(words -> words.length == 2)
                .forEach(words -> figures.put(words[0], Double.valueOf(words[1])));
        if (!figures.containsKey(ALLOCATED)) {
            throw new IOException("could not measure " + way + " of " + input.name() + ": see above");
        }
        return figures;
    }
}
