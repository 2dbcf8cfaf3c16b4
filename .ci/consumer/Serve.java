import io.inferencemetrics.testkit.SimulatedEngine;
import java.time.Instant;
import java.time.InstantSource;

/** Serves one simulated SGLang whose time stands still, so that every reader must see the same; ends with its input. */
public class Serve {
    public static void main(String[] arguments) throws Exception {
        try (SimulatedEngine sglang = SimulatedEngine.sglang()
                .busy()
                .clock(InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z")))
                .start()) {
            String running = sglang.metricsText()
                    .lines()
                    .filter(line -> line.startsWith("sglang:num_running_reqs{"))
                    .findFirst()
                    .orElseThrow();
            System.out.println(sglang.url() + " " + running.substring(running.lastIndexOf(' ') + 1));
            System.in.read();
        }
    }
}
