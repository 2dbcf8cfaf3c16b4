package io.inferencemetrics.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the folder of real bodies that is kept beside a checkout: {@code shared} next to it or further up, or where the
 * environment variable {@code INFERENCE_METRICS_SHARED} points.
 */
public final class Captures {
    private Captures() {}

    /** The folder; empty where there is none, and tests that need it skip. */
    public static Optional<Path> shared() {
        String given = System.getenv("INFERENCE_METRICS_SHARED");
        if (given != null) {
            return Optional.of(Path.of(given)).filter(Files::isDirectory);
        }
        return Stream.iterate(
                        Optional.ofNullable(Path.of("").toAbsolutePath()),
                        Optional::isPresent,
                        folder -> folder.map(Path::getParent))
                .flatMap(Optional::stream)
                .map(folder -> folder.resolve("shared"))
                .filter(folder -> Files.isDirectory(folder.resolve("captures")))
                .findFirst();
    }

    /** The body with this file name, in whichever folder of captures it lies. */
    public static Optional<Path> body(String fileName) {
        return shared().flatMap(shared -> find(shared.resolve("captures"), fileName));
    }

    private static Optional<Path> find(Path folder, String fileName) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(fileName))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("could not list " + folder, e);
        }
    }
}
