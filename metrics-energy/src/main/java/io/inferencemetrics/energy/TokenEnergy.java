package io.inferencemetrics.energy;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.window.Reset;
import io.inferencemetrics.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many joules a server's GPUs took for a token that it generated, over a window, and which GPUs were counted.
 *
 * <pre>{@code
 * TokenEnergy energy = TokenEnergy.over(
 *         Window.between(server, serverLater), Window.between(gpus, gpusLater), new GpuFinder().find(address, gpusLater));
 * energy.perToken().optional();
 * }</pre>
 *
 * <p>The energy is all that the GPUs took, for prompts and while idle too; that of processors, memory and fans is not in it.
 * Immutable.
 *
 * @param perToken joules for each generated token. Absent where the GPUs are not known, one of them does not tell its energy, or
 *     serves others too; nothing observed where no token was generated
 * @param perTokenAtMost the same, also where GPUs serve others too, whose share nobody knows: then it is less than this
 * @param joules of all GPUs counted, over their window
 * @param watts of all GPUs counted, on the mean; absent where the length of their window is not known
 * @param tokens that the server generated in its window
 * @param gpus which were counted; empty where they are not known
 * @param resets what started again of that which was counted: there was more of it
 */
public record TokenEnergy(
        Reading<Double> perToken,
        Reading<Double> perTokenAtMost,
        Reading<Double> joules,
        Reading<Double> watts,
        Reading<Double> tokens,
        List<GpuEnergy> gpus,
        List<Reset> resets) {
    private static final double NANOS = 1e9;
    private static final double NEARLY_ALL = 0.9;

    /** Makes the lists immutable. */
    public TokenEnergy {
        gpus = List.copyOf(gpus);
        resets = List.copyOf(resets);
    }

    /**
     * Works it out. The windows need not be alike to the millisecond: mean power is divided by tokens a second. Where they
     * overlap little, a note says so; where one has no known length, energy is divided by tokens as they are.
     *
     * @param server the window of the server
     * @param gpus that of the GPUs; of one with snapshots in between, power is integrated over all of them
     * @param placement which GPUs count
     */
    public static TokenEnergy over(Window server, Window gpus, Placement placement) {
        List<GpuEnergy> counted =
                placement.gpus().stream().map(gpu -> GpuEnergy.over(gpus, gpu)).toList();
        Reading<Double> tokens = server.increase(LlmMetrics.GENERATED_TOKENS);
        Reading<Double> joules = placement instanceof Placement.Unknown unknown ? absent(unknown) : sum(counted);
        Reading<Double> atMost = perToken(server, gpus, joules, tokens);
        return new TokenEnergy(
                alone(counted, atMost),
                atMost,
                joules,
                watts(gpus, joules),
                tokens,
                counted,
                resets(server, gpus, tokens, counted));
    }

    private static Reading<Double> absent(Placement.Unknown unknown) {
        Absence reason = unknown.reason() == Placement.Reason.NO_PERMISSION ? Absence.NO_PERMISSION : Absence.UNKNOWN;
        Provenance nowhere = new Provenance("", Trust.DERIVED, System.nanoTime(), "");
        return new Reading.Absent<>(EnergyMetrics.ENERGY, reason, unknown.detail(), nowhere);
    }

    private static Reading<Double> sum(List<GpuEnergy> counted) {
        for (GpuEnergy one : counted) {
            if (!(one.joules() instanceof Reading.Value)) {
                return Answers.inPlaceOf(
                        EnergyMetrics.ENERGY, one.joules(), one.gpu().id() + ": ");
            }
        }
        List<Reading<Double>> parts = counted.stream().map(GpuEnergy::joules).toList();
        double sum = parts.stream()
                .mapToDouble(part -> part.optional().orElseThrow())
                .sum();
        return new Reading.Value<>(EnergyMetrics.ENERGY, sum, Answers.together(parts, ""));
    }

    private static Reading<Double> watts(Window gpus, Reading<Double> joules) {
        if (!(joules instanceof Reading.Value<Double> value)) {
            return Answers.inPlaceOf(EnergyMetrics.POWER, joules, "");
        }
        Provenance provenance = Answers.together(List.of(joules), "");
        return gpus.length()
                .<Reading<Double>>map(
                        length -> new Reading.Value<>(EnergyMetrics.POWER, value.value() / seconds(length), provenance))
                .orElseGet(() -> new Reading.Absent<>(
                        EnergyMetrics.POWER,
                        Absence.NO_TIME_BETWEEN,
                        "the time between the snapshots of the GPUs is not known",
                        provenance));
    }

    private static Reading<Double> perToken(
            Window server, Window gpus, Reading<Double> joules, Reading<Double> tokens) {
        if (!(joules instanceof Reading.Value<Double> energy)) {
            return Answers.inPlaceOf(EnergyMetrics.PER_TOKEN, joules, "");
        }
        if (!(tokens instanceof Reading.Value<Double> generated)) {
            return Answers.inPlaceOf(EnergyMetrics.PER_TOKEN, tokens, "generated tokens: ");
        }
        Provenance provenance = Answers.together(List.of(joules, tokens), overlap(server, gpus));
        if (generated.value() == 0) {
            return new Reading.NoObservations<>(EnergyMetrics.PER_TOKEN, provenance);
        }
        double share = server.length()
                .flatMap(length -> gpus.length().map(other -> seconds(length) / seconds(other)))
                .orElse(1.0);
        return new Reading.Value<>(EnergyMetrics.PER_TOKEN, energy.value() * share / generated.value(), provenance);
    }

    /** What to know where the windows are not of the same time. */
    private static String overlap(Window server, Window gpus) {
        Optional<Duration> length = server.length();
        Optional<Duration> other = gpus.length();
        if (length.isEmpty() || other.isEmpty()) {
            return "";
        }
        Instant start = latest(server.end().minus(length.get()), gpus.end().minus(other.get()));
        Instant end = server.end().isBefore(gpus.end()) ? server.end() : gpus.end();
        double common = Math.max(0, seconds(Duration.between(start, end)));
        double longer = Math.max(seconds(length.get()), seconds(other.get()));
        return common >= NEARLY_ALL * longer
                ? ""
                : String.format(
                        Locale.ROOT,
                        "the windows of the server and of the GPUs have only %.1f of %.1f s in common",
                        common,
                        longer);
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** The value where nobody else is on the GPUs. */
    private static Reading<Double> alone(List<GpuEnergy> counted, Reading<Double> atMost) {
        String shared = counted.stream()
                .map(GpuEnergy::gpu)
                .filter(UsedGpu::shared)
                .map(TokenEnergy::sharedWith)
                .collect(Collectors.joining("; "));
        if (shared.isEmpty() || !(atMost instanceof Reading.Value<Double> most)) {
            return atMost;
        }
        return new Reading.Absent<>(
                EnergyMetrics.PER_TOKEN,
                Absence.NOT_SUPPORTED,
                shared + "; energy is told of whole devices, so it is less than "
                        + String.format(Locale.ROOT, "%.4g J for a token", most.value()),
                atMost.provenance());
    }

    private static String sharedWith(UsedGpu gpu) {
        String processes = gpu.otherProcesses().isEmpty() ? "" : "processes " + words(gpu.otherProcesses());
        String parts = gpu.otherInstances().isEmpty() ? "" : "MIG instances " + words(gpu.otherInstances());
        String both = processes.isEmpty() || parts.isEmpty() ? "" : " and ";
        return gpu.id() + " serves others too, " + processes + both + parts;
    }

    private static String words(List<?> all) {
        return all.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static List<Reset> resets(Window server, Window gpus, Reading<Double> tokens, List<GpuEnergy> counted) {
        Stream<Reset> ofServer = of(server, tokens);
        Stream<Reset> ofGpus = counted.stream()
                .flatMap(one -> of(gpus, one.joules())
                        .filter(reset -> reset.labels().containsValue(one.gpu().id())));
        return Stream.concat(ofServer, ofGpus).toList();
    }

    private static Stream<Reset> of(Window window, Reading<Double> counted) {
        return window.resets().stream()
                .filter(reset -> counted.provenance().source().contains(reset.family()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
