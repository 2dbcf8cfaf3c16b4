package io.inferencemetrics.prometheus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The reference material beside the checkout. Tests that need it are skipped, visibly, where it is not. */
final class SharedFolder {
    private static final String LOCATION = "INFERENCE_METRICS_SHARED";

    private SharedFolder() {}

    static Path require(String child) {
        Optional<Path> folder = find(child);
        assumeTrue(folder.isPresent(), "no folder shared/" + child + " beside the checkout, nor in $" + LOCATION);
        return folder.orElseThrow();
    }

    /** The tests; where their folder is missing a skipped one instead, since reports leave out a skipped factory. */
    static Stream<DynamicTest> testsOn(String child, Supplier<Stream<DynamicTest>> tests) {
        return find(child).isPresent()
                ? tests.get()
                : Stream.of(DynamicTest.dynamicTest("needs shared/" + child, () -> require(child)));
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
        Path root = require("captures");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> root.relativize(file).getNameCount() == 2)
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
