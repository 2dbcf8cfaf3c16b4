package io.inferencemetrics.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Is the parser of one commit faster than that of another? {@code compare.sh} gives it the classes of both.
 *
 * <p>Each runs in a JVM of its own, the first one in two, all three under the same benchmarks and in turn: where "again"
 * is far from 1, what stands beside it is noise. Takes both class folders, the number of rounds, and the inputs.
 */
public final class Compare {
    private static final String BEFORE = "before ";
    private static final String AFTER = "after ";
    private static final String AGAIN = "again ";

    private Compare() {}

    /** Measures and prints. */
    public static void main(String[] args) {
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        List<String> inputs = args.length > 3
                ? List.of(args).subList(3, args.length)
                : List.of("vllm", "node", "cadvisor", "labelless");
        try (OtherProcess before = jvm(args[0]);
                OtherProcess after = jvm(args[1]);
                OtherProcess again = jvm(args[0])) {
            System.out.println("| input | way | after / before | middle 80 % | before again / before |");
            System.out.println("| --- | --- | ---: | ---: | ---: |");
            for (String input : inputs) {
                List<String> names = before.ask("names " + input);
                List<Way> ways = new ArrayList<>();
                for (String name : names) {
                    ways.add(before.way(BEFORE + name, name, input));
                    ways.add(after.way(AFTER + name, name, input));
                    ways.add(again.way(AGAIN + name, name, input));
                }
                print(input, names, Race.run(ways, rounds));
            }
        }
    }

    /** The classes of a commit stand before those that the benchmarks bring with them. */
    private static OtherProcess jvm(String classes) {
        String classPath = classes + System.getProperty("path.separator") + System.getProperty("java.class.path");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new OtherProcess(List.of(java.toString(), "-cp", classPath, Serve.class.getName()));
    }

    private static void print(String input, List<String> names, Results results) {
        for (String name : names) {
            Results.Spread ratio = results.times(AFTER + name, BEFORE + name).orElseThrow();
            Results.Spread control = results.times(AGAIN + name, BEFORE + name).orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.2f to %.2f | %.2f |%n",
                    input,
                    name.replace('_', ' '),
                    ratio.median(),
                    ratio.low(),
                    ratio.high(),
                    control.median());
        }
    }
}
