package io.inferencemetrics.nvml.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The library of our own that stands in for the driver's, compiled from {@code src/test/c}; skips where there is no gcc. */
final class Stub {
    private static final String NAME = "libnvidia-ml.so.1";

    private final Path library;

    private Stub(Path library) {
        this.library = library;
    }

    /**
     * Compiles it, unless that has been done, without a script.
     *
     * @param folder for all that are compiled
     * @param options such as {@code -DOLD_DRIVER}
     */
    static Stub compiled(Path folder, String... options) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "gcc is not installed: no stub of NVML");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "the stub of NVML is for Linux");
        Path own = folder.resolve("stub" + String.join("", options));
        Path library = own.resolve(NAME);
        if (Files.exists(library)) {
            return new Stub(library).script();
        }
        create(own);
        List<String> command = new ArrayList<>(List.of("/usr/bin/gcc", "-shared", "-fPIC", "-Wall", "-Werror"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", library.toString(), "src/test/c/stub.c", "-ldl"));
        run(command);
        return new Stub(library);
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) {
        try {
            Process gcc = new ProcessBuilder(command).inheritIO().start();
            if (!gcc.waitFor(1, TimeUnit.MINUTES) || gcc.exitValue() != 0) {
                throw new AssertionError("gcc failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String path() {
        return library.toString();
    }

    /** What it does from the next call on, as {@code stub.c} says. */
    Stub script(String... lines) {
        try {
            Path next = library.resolveSibling("next");
            Files.write(next, List.of(lines));
            Files.move(next, library.resolveSibling(NAME + ".script"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
