package io.inferencemetrics.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parsers of others: two in Java, and those in Go where Go is installed. What one of them finds that differs from what
 * ours finds is said, and one that refuses an input is left out there.
 */
final class Peers implements AutoCloseable {
    static final String HAWKULAR = "Hawkular";
    static final String SKYWALKING = "SkyWalking";
    static final String VICTORIA_METRICS = "VictoriaMetrics";
    private static final List<String> GO = List.of("go", "/usr/local/go/bin/go");

    private final Path folder;
    private final List<String> notes = new ArrayList<>();
    private final List<OtherProcess> go = new ArrayList<>();

    Peers() throws IOException {
        folder = Files.createTempDirectory("bodies");
        Path sources = Path.of(System.getProperty("peers", "benchmarks/peers"));
        Path program = folder.resolve("peers");
        if (!Files.isDirectory(sources)) {
            notes.add("no Go parsers: there is no folder " + sources + ", which the property peers can name");
        } else if (GO.stream().noneMatch(command -> build(command, sources, program))) {
            notes.add("no Go parsers: Go is not installed, or could not build " + sources);
        } else {
            go.add(new OtherProcess(List.of(program.toString(), folder.toString())));
        }
    }

    private static boolean build(String command, Path sources, Path program) {
        try {
            return new ProcessBuilder(command, "build", "-o", program.toString(), ".")
                            .directory(sources.toFile())
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** All that read this input. */
    List<Way> of(Input input) {
        List<Way> ways = new ArrayList<>();
        Tally ours = Tally.of(Readers.objects(input.strict()), input.many().get(0));
        addJava(SKYWALKING, new SkyWalkingReader(), input, ours, ways);
        addJava(HAWKULAR, new HawkularReader(), input, ours, ways);
        go.forEach(process -> addGo(process, input, ours, ways));
        return ways;
    }

    private void addJava(String name, Reader reader, Input input, Tally ours, List<Way> ways) {
        Tally found = Tally.of(reader, input.many().get(0));
        note(name, input, found, ours);
        if (found.samples > 0) {
            ways.add(new OwnWay(name, reader, input.many()));
        }
    }

    private void addGo(OtherProcess process, Input input, Tally ours, List<Way> ways) {
        try {
            BodyFolder.write(folder, input);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write to " + folder, e);
        }
        for (String name : process.ask("names")) {
            try {
                note(name, input, process.tally(name, input.name()), ours);
                ways.add(process.way(name, name, input.name()));
            } catch (IllegalStateException e) {
                notes.add(name + " refuses " + input.name() + ": " + e.getMessage());
            }
        }
    }

    private void note(String name, Input input, Tally found, Tally ours) {
        if (!found.sameValues(ours)) {
            notes.add(name + " finds " + found + " in " + input.name() + ", not " + ours);
        }
    }

    /** What there is to know about these peers, so far. */
    List<String> notes() {
        return notes;
    }

    @Override
    public void close() throws IOException {
        go.forEach(OtherProcess::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
