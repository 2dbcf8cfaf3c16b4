package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ParserOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is read: a body's scrapes, and the families for which somebody may ask.
 *
 * @param name how tables call it
 * @param samples of every scrape; of several files, of the first
 * @param many scrapes in which 2 in 3 values differ from the one before; of several files, these
 * @param few scrapes in which 1 in 6 values differ from the one before; of several files, the same
 * @param wanted five families that are in it
 */
record Input(String name, int samples, List<byte[]> many, List<byte[]> few, Set<String> wanted) {
    /** Enough that a branch predictor does not learn them by heart, few enough to stay near a cache. */
    private static final int SCRAPES = 6;

    /** All generated inputs, and {@code file} where the property {@code body} names one. */
    static List<String> names() {
        List<String> names =
                new ArrayList<>(List.of("vllm", "vllm-1", "node", "cadvisor", "labelless", "tgi", "sglang"));
        if (System.getProperty("body") != null) {
            names.add("file");
        }
        return names;
    }

    static Input named(String name) {
        return switch (name) {
            case "vllm" -> of(name, Bodies.vllm(4), vllmFamilies());
            case "vllm-1" -> of(name, Bodies.vllm(1), vllmFamilies());
            case "node" ->
                of(
                        name,
                        Bodies.node(),
                        Set.of(
                                "node_load1",
                                "node_memory_MemAvailable_bytes",
                                "node_cpu_seconds_total",
                                "node_network_receive_bytes_total",
                                "node_network_transmit_bytes_total"));
            case "cadvisor" -> of(name, Bodies.cadvisor(), first(Bodies.cadvisor(), 5));
            case "labelless" -> of(name, Bodies.labelless(), Bodies.labellessNames(5));
            case "tgi" -> of(name, Bodies.tgi(), first(Bodies.tgi(), 5));
            case "sglang" -> of(name, Bodies.sglang(8), first(Bodies.sglang(8), 5));
            case "file" ->
                file(Stream.of(System.getProperty("body").split(","))
                        .map(Path::of)
                        .toList());
            default -> throw new IllegalArgumentException("no input " + name + ": take one of " + names());
        };
    }

    private static Set<String> vllmFamilies() {
        return Set.of(
                "vllm:num_requests_running",
                "vllm:num_requests_waiting",
                "vllm:kv_cache_usage_perc",
                "vllm:prefix_cache_queries_total",
                "vllm:prefix_cache_hits_total");
    }

    /**
     * A file, of which further scrapes are made up, or several: scrapes of one server, read as they are, there and back. Two
     * are so few that a branch predictor may learn them by heart. The property {@code families} tells which families are
     * wanted, by commas; five spread over the first file unless given.
     */
    private static Input file(List<Path> paths) {
        Body body = Body.file(paths.get(0));
        String families = System.getProperty("families", "");
        Set<String> wanted = families.isEmpty() ? spread(body, 5) : Set.copyOf(Arrays.asList(families.split(",")));
        if (paths.size() == 1) {
            return of("file", body, wanted);
        }
        List<byte[]> scrapes = thereAndBack(paths.stream().map(Input::read).toList());
        return new Input("file", body.samples(), scrapes, scrapes, wanted);
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + path, e);
        }
    }

    private static Set<String> first(Body body, int count) {
        return new LinkedHashSet<>(body.families().subList(0, count));
    }

    private static Set<String> spread(Body body, int count) {
        List<String> families = body.families();
        Set<String> spread = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(count, families.size()); i++) {
            spread.add(families.get(i * families.size() / count));
        }
        return spread;
    }

    private static Input of(String name, Body body, Set<String> wanted) {
        List<byte[]> many = thereAndBack(body.scrapes(SCRAPES, 2.0 / 3));
        List<byte[]> few = thereAndBack(body.scrapes(SCRAPES, 1.0 / 6));
        return new Input(name, body.samples(), many, few, wanted);
    }

    /** Read over and over, each differs from the one before by one step; from the last to the first it would be many. */
    private static List<byte[]> thereAndBack(List<byte[]> scrapes) {
        List<byte[]> circle = new ArrayList<>(scrapes);
        for (int i = scrapes.size() - 2; i > 0; i--) {
            circle.add(scrapes.get(i));
        }
        return circle;
    }

    /** The first bad line throws: these bodies have none. */
    ParserOptions strict() {
        byte[] body = many.get(0);
        return ParserOptions.strict(ExpositionFormat.ofBody(body, 0, body.length));
    }

    /** Whether it is somebody's body, of whose values not all can be changed. */
    boolean isFile() {
        return name.equals("file");
    }

    ParserOptions projected() {
        return strict().withFamilies(wanted);
    }

    /** Both sorts of scrapes. */
    Stream<byte[]> scrapes() {
        return Stream.concat(many.stream(), few.stream());
    }
}
