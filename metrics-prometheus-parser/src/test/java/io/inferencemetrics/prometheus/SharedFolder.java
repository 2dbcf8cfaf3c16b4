package io.inferencemetrics.prometheus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The reference material beside the checkout. Tests that need it are skipped, visibly, where it is not. */
final class SharedFolder {
    private static final String LOCATION = "INFERENCE_METRICS_SHARED";

    private SharedFolder() {}

    static Path require(String child) {
        Optional<Path> folder = find(child);
        assumeTrue(folder.isPresent(), "no folder shared/" + child + " beside the checkout, nor in $" + LOCATION);
        return folder.orElseThrow();
    }

    static Optional<Path> find(String child) {
        String configured = System.getProperty(LOCATION, System.getenv(LOCATION));
        Stream<Path> candidates = configured == null
                ? Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                        .map(path -> path.resolveSibling("shared"))
                : Stream.of(Path.of(configured));
        return candidates
                .map(path -> path.resolve(child))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** All bodies of the captures, sorted by path. */
    static List<Path> captures() {
        try (Stream<Path> files = Files.walk(require("captures"))) {
            return files.filter(file -> file.getParent().getParent().endsWith("captures"))
                    .filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
