package io.inferencemetrics.cli;

import io.inferencemetrics.testkit.Fault;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code simulate}: one simulated server on loopback until it is stopped. */
@Command(
        name = "simulate",
        description = "Serves one simulated engine on loopback until it is stopped, with Ctrl-C for example.")
final class SimulateCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ENGINE", arity = "0..1", description = "One of those that --list prints.")
    private @Nullable String engine;

    @Option(names = "--list", description = "Print the engines, their versions, and the faults, and end.")
    private boolean list;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "0 to 65535; the engine's usual one unless set; 0 for a free one.")
    private @Nullable Integer port;

    @Option(names = "--version", paramLabel = "V", description = "Such as 0.32; the newest known one unless set.")
    private @Nullable String version;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Requests per second on average, 0 to 1000; 2 unless set.")
    private double rate = 2;

    @Option(names = "--seed", paramLabel = "S", description = "Decides what chance decides; 1 unless set.")
    private long seed = 1;

    @Option(names = "--fault", paramLabel = "F", description = "A way to be broken, such as truncated-body.")
    private @Nullable String fault;

    @Option(
            names = "--slow",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How late each answer begins, such as 500ms or 2s.")
    private Duration slow = Duration.ZERO;

    @Option(names = "--json-string", description = "Send the body as one JSON string.")
    private boolean jsonString;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Override
    public void run() {
        PrintWriter out = spec().commandLine().getOut();
        if (list) {
            list(out);
            return;
        }
        if (engine == null) {
            throw new ParameterException(spec().commandLine(), "name an engine, or ask for them with --list");
        }
        checkWithin("--port", 65_535, port == null ? 0 : port);
        checkWithin("--rate", 1_000, rate);
        try (SimulatedEngine simulated = engine(engine)) {
            start(simulated);
            Runnable stop = () -> stop(simulated, out);
            Thread hook = new Thread(stop, "simulate-end");
            Runtime.getRuntime().addShutdownHook(hook);
            greet(out, simulated.url());
            awaitInterrupt();
            Runtime.getRuntime().removeShutdownHook(hook);
            stop.run();
        }
    }

    private void checkWithin(String option, int most, Number given) {
        if (!(given.doubleValue() >= 0 && given.doubleValue() <= most)) {
            throw new ParameterException(
                    spec().commandLine(), option + ": 0 to " + most + " was expected, not " + given);
        }
    }

    private static void stop(SimulatedEngine simulated, PrintWriter out) {
        simulated.close();
        out.println("stopped");
        out.flush();
    }

    private void start(SimulatedEngine simulated) {
        try {
            simulated.start(port == null ? simulated.usualPort() : port);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(e.getMessage() + "; is it taken? Name another with --port", e);
        }
    }

    private SimulatedEngine engine(String name) {
        SimulatedEngine simulated = version == null ? SimulatedEngine.of(name) : SimulatedEngine.of(name, version);
        simulated.seed(seed).requestsPerSecond(rate).slow(slow);
        if (jsonString) {
            simulated.asJsonString();
        }
        return fault == null ? simulated : simulated.breakWith(fault(fault));
    }

    private static Fault fault(String name) {
        return Arrays.stream(Fault.values())
                .filter(known -> option(known).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault '" + name + "'; known are " + faults()));
    }

    private static String option(Fault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String faults() {
        return Arrays.stream(Fault.values()).map(SimulateCommand::option).collect(Collectors.joining(", "));
    }

    private static void list(PrintWriter out) {
        out.printf("%-15s %6s  %s%n", "engine", "port", "versions");
        for (String name : SimulatedEngine.engines()) {
            String versions = String.join(", ", SimulatedEngine.versions(name)).replaceFirst("^0$", "-");
            out.printf("%-15s %6d  %s%n", name, SimulatedEngine.of(name).usualPort(), versions);
        }
        out.println("faults: " + faults());
        out.flush();
    }

    private void greet(PrintWriter out, String url) {
        out.println("serving " + url + "/metrics" + (fault == null ? "" : " with the fault " + fault)
                + " until stopped (Ctrl-C); try");
        out.println("  curl " + url + "/metrics");
        out.println("  ./inference-metrics " + (fault == null ? "collect " : "doctor ") + url);
        out.flush();
    }

    /** Returns when the thread is interrupted; a process that is told to end never comes back from here. */
    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}
