package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.Event;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ParserOptions;
import io.inferencemetrics.prometheus.Sample;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How fast is each way of reading, compared with finding the newlines of the same bytes in the same JVM?
 *
 * <p>All ways are alive at once and measured in turn, in random order, in slices of 50 ms of the
 * thread's own time, since only what was measured
 * side by side can be compared on a noisy machine. Every way reaches the name, the labels and the value of every sample.
 * Run with the number of rounds as the argument, 20 unless given.
 */
public final class Ratios {
    private static final long SLICE_NANOS = 50_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_ROUNDS = 5;
    private static final int SCRAPES = 6;
    private static final ParserOptions STRICT = ParserOptions.strict(ExpositionFormat.TEXT);

    /** Reads one body; the result depends on all that was read. */
    private interface Reader {
        double read(byte[] body);
    }

    /** A way of reading, the scrapes that it reads over and over, and its speed in each round, in bytes a nanosecond of the thread's time. */
    private record Way(String name, Reader reader, List<byte[]> scrapes, double[] speeds) {}

    private Ratios() {}

    /** Prints a line for each input and way. */
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        System.out.println("Java " + Runtime.version() + ", " + rounds + " rounds; ratios to the newline scan, median"
                + " and the middle 80 %");
        bodies().forEach((name, body) -> measure(name, body, rounds));
    }

    private static Map<String, Body> bodies() {
        Map<String, Body> bodies = new LinkedHashMap<>();
        bodies.put("vllm", Bodies.vllm(4));
        bodies.put("vllm-1", Bodies.vllm(1));
        bodies.put("node", Bodies.node());
        bodies.put("cadvisor", Bodies.cadvisor());
        bodies.put("labelless", Bodies.labelless());
        bodies.put("tgi", Bodies.tgi());
        bodies.put("sglang", Bodies.sglang(8));
        return bodies;
    }

    private static void measure(String input, Body body, int rounds) {
        List<byte[]> many = body.scrapes(SCRAPES, 2.0 / 3);
        List<byte[]> few = body.scrapes(SCRAPES, 1.0 / 6);
        List<Way> ways = List.of(
                new Way("newlines", NewlineScan::lines, many, new double[rounds]),
                new Way("cold", cursor(new ExpositionCursor(STRICT)), many, new double[rounds]),
                new Way("2/3 changed", cursor(ExpositionCursor.remembering(STRICT)), many, new double[rounds]),
                new Way("1/6 changed", cursor(ExpositionCursor.remembering(STRICT)), few, new double[rounds]));
        check(ways, many, few);
        Random random = new Random(1);
        List<Way> order = new ArrayList<>(ways);
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            Collections.shuffle(order, random);
            for (Way way : order) {
                double speed = speed(way);
                way.speeds[Math.max(round, 0)] = speed;
            }
        }
        ways.stream().skip(1).forEach(way -> print(input, way, ways.get(0), body.samples()));
    }

    /** All ways find the same in all scrapes. */
    private static void check(List<Way> ways, List<byte[]> many, List<byte[]> few) {
        Reader cold = ways.get(1).reader;
        for (List<byte[]> scrapes : List.of(many, few)) {
            for (byte[] scrape : scrapes) {
                double expected = cold.read(scrape);
                for (Way way : ways.subList(1, ways.size())) {
                    if (way.reader.read(scrape) != expected) {
                        throw new IllegalStateException(way.name + " finds something else");
                    }
                }
            }
        }
    }

    private static double speed(Way way) {
        long start = THREADS.getCurrentThreadCpuTime();
        long bytes = 0;
        double sum = 0;
        do {
            for (byte[] scrape : way.scrapes) {
                sum += way.reader.read(scrape);
                bytes += scrape.length;
            }
        } while (THREADS.getCurrentThreadCpuTime() - start < SLICE_NANOS);
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("a sum of numbers was expected");
        }
        return (double) bytes / (THREADS.getCurrentThreadCpuTime() - start);
    }

    private static void print(String input, Way way, Way scan, int samples) {
        int rounds = way.speeds.length;
        double[] ratios = new double[rounds];
        Arrays.setAll(ratios, round -> way.speeds[round] / scan.speeds[round]);
        Arrays.sort(ratios);
        double[] speeds = way.speeds.clone();
        Arrays.sort(speeds);
        System.out.printf(
                Locale.ROOT,
                "%-10s %-12s %.2f (%.2f to %.2f), %.0f MB/s, %.0f ns a sample%n",
                input,
                way.name,
                ratios[rounds / 2],
                ratios[rounds / 10],
                ratios[rounds - 1 - rounds / 10],
                1_000 * speeds[rounds / 2],
                way.scrapes.get(0).length / speeds[rounds / 2] / samples);
    }

    private static Reader cursor(ExpositionCursor cursor) {
        return body -> read(cursor, body);
    }

    private static double read(ExpositionCursor cursor, byte[] body) {
        cursor.reset(body, 0, body.length);
        long lengths = 0;
        double sum = 0;
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            if (event == Event.SAMPLE) {
                Sample sample = cursor.sample();
                lengths += sample.name().length();
                for (int i = 0; i < sample.labelCount(); i++) {
                    lengths +=
                            sample.labelName(i).length() + sample.labelValue(i).length();
                }
                sum += sample.value();
            }
        }
        return lengths + sum;
    }
}
