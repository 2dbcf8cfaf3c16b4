package io.inferencemetrics.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads slices in our own ways when asked to, as {@link OtherProcess} asks: one question, one answer a line. */
public final class Serve {
    private final Map<String, List<Way>> ways = new HashMap<>();

    private Serve() {}

    /** Serves until its standard input ends. */
    public static void main(String[] args) throws IOException {
        Serve serve = new Serve();
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(serve.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) {
        if (words[0].equals("names")) {
            return ways(words[1]).stream().map(Serve::word).collect(Collectors.joining(" "));
        }
        Way way = ways(words[2]).stream()
                .filter(candidate -> word(candidate).equals(words[1]))
                .findFirst()
                .orElseThrow();
        Way.Slice slice = way.slice(Long.parseLong(words[3]));
        return slice.bytes() + " " + slice.nanos() + " " + slice.allocatedPerScrape();
    }

    private List<Way> ways(String input) {
        return ways.computeIfAbsent(input, name -> OwnWays.of(Input.named(name)));
    }

    private static String word(Way way) {
        return way.name().replace(' ', '_');
    }
}
