package io.inferencemetrics.cli;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: three simulated servers on loopback, read and shown side by side. */
@Command(
        name = "demo",
        description =
                "Starts a simulated vLLM, SGLang and TGI on loopback, reads them, shows them side by side, and ends.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (SimulatedEngine vllm = SimulatedEngine.vllm().busy().start();
                SimulatedEngine sglang = SimulatedEngine.sglang().busy().start();
                SimulatedEngine tgi = SimulatedEngine.tgi().busy().start()) {
            out.println("Three simulated servers, ten minutes into some traffic:");
            List<MetricsSnapshot> snapshots = new ArrayList<>();
            for (SimulatedEngine engine : List.of(vllm, sglang, tgi)) {
                snapshots.add(read(engine.url(), out));
            }
            new ComparisonTable(out).print(snapshots);
        }
        out.println();
        out.println("A dash is not a zero: it says why there is no value. Try a server of your own:");
        out.println("  ./inference-metrics collect http://localhost:8000");
        out.flush();
    }

    /** Each server is asked what it is, as a stranger would. */
    private static MetricsSnapshot read(String url, PrintWriter out) {
        String engine = Collectors.detect(url).engine().orElseThrow();
        MetricsSnapshot snapshot = Collectors.forEngine(engine).collect(url);
        out.printf("  %-7s %s%n", engine, snapshot.info().target());
        return snapshot;
    }
}
