package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Is reading still as fast as it must be, and free of allocation?
 *
 * <p>Prints each value with its gate and its goal, and exits with status 1 when one is below its gate. Ratios are to the
 * newline scan, and on the vLLM body to VictoriaMetrics and to Hawkular. Takes the number of rounds, 20 unless given.
 */
public final class Gate {
    private static final List<String> INPUTS = List.of("vllm", "node", "cadvisor", "labelless");
    private static final Set<String> OTHERS = Set.of(Peers.VICTORIA_METRICS, Peers.HAWKULAR);
    private static final boolean VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    /** What a way must reach, and what it is to reach, on each input. */
    private record Bounds(String way, double[] gates, double[] goals) {}

    private static final List<Bounds> TO_NEWLINES = List.of(
            new Bounds(OwnWays.COLD, new double[] {0.20, 0.25, 0.25, 0.17}, new double[] {0.27, 0.32, 0.33, 0.22}),
            new Bounds(
                    OwnWays.RESCRAPE_MANY, new double[] {0.70, 0.70, 1.0, 0.25}, new double[] {0.85, 0.85, 1.2, 0.30}),
            new Bounds(OwnWays.RESCRAPE_FEW, new double[] {1.3, 1.1, 1.5, 0.38}, new double[] {1.6, 1.4, 1.8, 0.45}),
            new Bounds(
                    OwnWays.PROJECTION, new double[] {0.60, 0.75, 0.75, 0.29}, new double[] {0.75, 0.85, 0.85, 0.33}));
    private static final List<String> WITHOUT_ALLOCATION = List.of(
            OwnWays.COLD,
            OwnWays.RESCRAPE_MANY,
            OwnWays.RESCRAPE_FEW,
            OwnWays.PROJECTION,
            OwnWays.PROJECTION_RESCRAPE,
            OwnWays.STREAM);

    private int failures;

    private Gate() {}

    /** Measures, prints, and exits. */
    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        System.out.println(Ratios.machine() + ", " + rounds + " rounds.\n");
        Gate gate = new Gate();
        gate.run(rounds);
        System.out.println(gate.failures == 0 ? "\nThe gate holds." : "\nBelow the gate: " + gate.failures);
        System.exit(gate.failures == 0 ? 0 : 1);
    }

    private void run(int rounds) throws IOException {
        System.out.printf("%-10s %-42s %8s %7s %7s%n", "input", "way", "value", "gate", "goal");
        try (Peers peers = new Peers()) {
            for (int i = 0; i < INPUTS.size(); i++) {
                Input input = Input.named(INPUTS.get(i));
                Results results = Race.run(ways(input, peers), rounds);
                for (Bounds bounds : TO_NEWLINES) {
                    judge(input, results, bounds.way, OwnWays.NEWLINES, bounds.gates[i], bounds.goals[i]);
                }
                if (comparesWithOthers(input)) {
                    judge(input, results, OwnWays.COLD, Peers.VICTORIA_METRICS, 1.6, VECTORS ? 2.5 : 2.0);
                    judge(input, results, OwnWays.RESCRAPE_FEW, Peers.VICTORIA_METRICS, 8, 10);
                    judge(input, results, OwnWays.COLD, Peers.HAWKULAR, 15, 15);
                    judge(input, results, OwnWays.RESCRAPE_FEW, Peers.HAWKULAR, 60, 60);
                }
                WITHOUT_ALLOCATION.forEach(way -> judgeAllocation(input, way, results.of(way)));
            }
            peers.notes().forEach(System.out::println);
        }
    }

    private static boolean comparesWithOthers(Input input) {
        return input.name().equals("vllm");
    }

    private static List<Way> ways(Input input, Peers peers) {
        List<Way> ways = new ArrayList<>(OwnWays.of(input));
        ways.removeIf(
                way -> !WITHOUT_ALLOCATION.contains(way.name()) && !way.name().equals(OwnWays.NEWLINES));
        if (comparesWithOthers(input)) {
            peers.of(input).stream().filter(way -> OTHERS.contains(way.name())).forEach(ways::add);
        }
        return ways;
    }

    private void judge(Input input, Results results, String way, String other, double gate, double goal) {
        String name = other.equals(OwnWays.NEWLINES) ? way : way + " × " + other;
        Optional<Results.Spread> times = results.times(way, other);
        if (times.isEmpty()) {
            System.out.printf("%-10s %-42s not measured%n", input.name(), name);
            return;
        }
        double value = times.get().median();
        if (value < gate) {
            failures++;
        }
        String verdict = value >= goal ? "goal reached" : value >= gate ? "holds" : "BELOW THE GATE";
        System.out.printf(
                Locale.ROOT, "%-10s %-42s %8.2f %7.2f %7.2f  %s%n", input.name(), name, value, gate, goal, verdict);
    }

    private void judgeAllocation(Input input, String way, Results.Result result) {
        if (result.allocatedPerScrape() > 0) {
            failures++;
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %-42s %,d B a scrape: ALLOCATES%n",
                    input.name(),
                    way,
                    result.allocatedPerScrape());
        }
    }
}
