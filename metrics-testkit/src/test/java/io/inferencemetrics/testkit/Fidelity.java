package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.testkit.contract.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares simulated bodies with genuine ones. */
final class Fidelity {
    private Fidelity() {}

    /** The text of a genuine body; the test is skipped where it is not at hand. */
    static String text(String file) throws IOException {
        Optional<Path> body = Captures.body(file);
        assumeTrue(body.isPresent(), "no folder of captures beside this checkout, so no " + file);
        return Files.readString(body.orElseThrow());
    }

    static BodyShape genuine(String file) throws IOException {
        return BodyShape.of(text(file));
    }

    static BodyShape simulated(SimulatedEngine engine) {
        return BodyShape.of(engine.clock(new ManualClock()).metricsText());
    }

    @SafeVarargs
    static Map<String, String> all(Map<String, String>... parts) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> part : parts) {
            all.putAll(part);
        }
        return all;
    }

    /** @param known differences as patterns, and why they are there; each has to be there */
    static void assertDifferences(SimulatedEngine engine, String file, Map<String, String> known) throws IOException {
        Set<String> differences = simulated(engine).differencesFrom(genuine(file));

        assertThat(differences).allMatch(difference -> known.keySet().stream().anyMatch(difference::matches));
        assertThat(known.keySet())
                .as("reasons that are still needed")
                .allMatch(pattern -> differences.stream().anyMatch(difference -> difference.matches(pattern)));
    }
}
