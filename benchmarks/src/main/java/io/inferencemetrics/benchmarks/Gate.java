package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is reading still as fast as it must be, and free of allocation?
 *
 * <p>Prints each value with its gate and its goal, and exits with status 1 when one is below its gate. What cannot be
 * measured, as VictoriaMetrics where Go is missing, is said to be so. Ratios are to the newline scan, and on the vLLM body to
 * VictoriaMetrics and to SkyWalking, the fastest others in Go and in Java. Each way is measured in a JVM of its own, and once
 * more beside the others, who leave garbage to collect. Takes the number of rounds, 20 unless given.
 */
public final class Gate {
    private static final List<String> INPUTS = List.of("vllm", "node", "cadvisor", "labelless");
    /** The input on which others are compared with, and the ways that are. */
    private static final int WITH_OTHERS = 0;

    private static final Set<String> OTHERS = Set.of(OwnWays.COLD, OwnWays.RESCRAPE_FEW);
    private static final boolean VECTORS = Runtime.version().feature() >= 25
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

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
    private int notMeasured;

    private Gate() {}

    /** Measures, prints, and exits. */
    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        System.out.println(Ratios.machine() + ", " + rounds + " rounds.\n");
        Gate gate = new Gate();
        gate.run(rounds);
        System.out.println("\n" + verdict(gate.failures, gate.notMeasured));
        System.exit(gate.failures == 0 ? 0 : 1);
    }

    /** Holds only what was measured: where Go is missing, VictoriaMetrics is not. */
    static String verdict(int failures, int notMeasured) {
        String others = notMeasured == 0 ? "" : " Not measured: " + notMeasured + "; see above, and install Go.";
        return (failures == 0 ? "What was measured holds the gate." : "Below the gate: " + failures + ".") + others;
    }

    private void run(int rounds) throws IOException {
        System.out.printf("%-10s %-42s %8s %7s %7s%n", "input", "way", "value", "gate", "goal");
        for (int i = 0; i < INPUTS.size(); i++) {
            Input input = Input.named(INPUTS.get(i));
            for (String way : WITHOUT_ALLOCATION) {
                judge(i, way, Measure.inOwnJvm(input, way, rounds, false));
                if (i == WITH_OTHERS && OTHERS.contains(way)) {
                    judgeOthers(input.name(), way, Measure.inOwnJvm(input, way, rounds, true));
                }
            }
        }
    }

    private void judge(int input, String way, Map<String, Double> figures) {
        String name = INPUTS.get(input);
        for (Bounds bounds : TO_NEWLINES) {
            if (bounds.way.equals(way)) {
                judge(name, way, figures.get(OwnWays.NEWLINES), bounds.gates[input], bounds.goals[input]);
            }
        }
        judgeAllocation(name, way, figures.get(Measure.ALLOCATED));
    }

    private void judgeOthers(String name, String way, Map<String, Double> figures) {
        boolean cold = way.equals(OwnWays.COLD);
        String go = way + " × " + Peers.VICTORIA_METRICS;
        judge(name, go, figures.get(Peers.VICTORIA_METRICS), cold ? 1.6 : 8, cold ? VECTORS ? 2.5 : 2.0 : 10);
        String java = way + " × " + Peers.SKYWALKING;
        judge(name, java, figures.get(Peers.SKYWALKING), cold ? 15 : 60, cold ? 15 : 60);
    }

    private void judge(String input, String way, @Nullable Double value, double gate, double goal) {
        if (value == null) {
            notMeasured++;
            System.out.printf(Locale.ROOT, "%-10s %-42s %8s %7.2f %7.2f  NOT MEASURED%n", input, way, "", gate, goal);
            return;
        }
        if (value < gate) {
            failures++;
        }
        String verdict = value >= goal ? "goal reached" : value >= gate ? "holds" : "BELOW THE GATE";
        System.out.printf(Locale.ROOT, "%-10s %-42s %8.2f %7.2f %7.2f  %s%n", input, way, value, gate, goal, verdict);
    }

    private void judgeAllocation(String input, String way, @Nullable Double bytes) {
        if (bytes == null || bytes > 0) {
            failures++;
            System.out.printf(Locale.ROOT, "%-10s %-42s %s B a scrape: ALLOCATES%n", input, way, bytes);
        }
    }
}
