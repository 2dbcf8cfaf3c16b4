package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the scrapes of all inputs into a folder, for parsers in other languages: {@code FOLDER/vllm/0.prom}. */
public final class BodyFolder {
    private BodyFolder() {}

    /** Takes the folder. */
    public static void main(String[] args) throws IOException {
        for (String input : Input.names()) {
            write(Path.of(args[0]), Input.named(input));
        }
    }

    static void write(Path folder, Input input) throws IOException {
        Path scrapes = Files.createDirectories(folder.resolve(input.name()));
        List<byte[]> bodies = input.many();
        for (int i = 0; i < bodies.size(); i++) {
            Files.write(scrapes.resolve(i + ".prom"), bodies.get(i));
        }
    }
}
