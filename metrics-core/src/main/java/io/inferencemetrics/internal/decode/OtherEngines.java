package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Knows engines by the prefix of their metrics, also those whose module is not installed, so that a mix-up can be named. */
public final class OtherEngines {
    private final List<KnownEngine> engines;

    /**
     * An engine known by its prefixes.
     *
     * @param artifact the module that reads it; empty where there is none yet
     */
    public record KnownEngine(String id, String title, String artifact, List<String> prefixes) {

        /** How {@code Collectors} is asked for it. */
        String method() {
            return artifact.startsWith("metrics-gpu-") ? "forGpu" : "forEngine";
        }
    }

    private OtherEngines(List<KnownEngine> engines) {
        this.engines = List.copyOf(engines);
    }

    /** Knows no engine, so that nothing is ever taken for another. */
    public static OtherEngines none() {
        return new OtherEngines(List.of());
    }

    /** The installed engines, then those in the list that comes with this library. */
    public static OtherEngines with(List<Catalog> installed) {
        List<KnownEngine> engines = new ArrayList<>();
        installed.forEach(catalog -> engines.add(new KnownEngine(
                catalog.engine(), catalog.title(), "metrics-engine-" + catalog.engine(), catalog.prefixes())));
        try (InputStream in = Objects.requireNonNull(OtherEngines.class.getResourceAsStream("known-engines.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(OtherEngines::parse)
                    .forEach(engines::add);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read known-engines.txt", e);
        }
        return new OtherEngines(engines);
    }

    private static KnownEngine parse(String line) {
        String[] cells = line.split("\\|", -1);
        return new KnownEngine(
                cells[0].strip(),
                cells[1].strip(),
                cells[2].strip(),
                List.of(cells[3].strip().split("\\s+")));
    }

    /** Another engine to which one of the names belongs. */
    public Optional<KnownEngine> among(List<String> sampleNames, String engine) {
        return engines.stream()
                .filter(known -> !known.id().equals(engine))
                .filter(known -> known.prefixes().stream()
                        .anyMatch(prefix -> sampleNames.stream().anyMatch(name -> name.startsWith(prefix))))
                .findFirst();
    }
}
