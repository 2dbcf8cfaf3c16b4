package io.inferencemetrics.cli;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collector;
import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.energy.GpuFinder;
import io.inferencemetrics.energy.Placement;
import io.inferencemetrics.energy.TokenEnergy;
import io.inferencemetrics.energy.UsedGpu;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.LocalSource;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.window.History;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code energy}: how many joules a server takes for a token, and on which GPUs. */
@Command(
        name = "energy",
        description = {
            "Says how many joules the GPUs of a server take for each token that it generates, and which GPUs those are.",
            "They are found by the process that listens at the address, which must be of this machine, unless --gpu names them."
        },
        mixinStandardHelpOptions = true)
final class EnergyCommand implements Callable<Integer> {
    private static final int MOST_READS = 3_600;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeConverter.Positive.class,
            description = "How long to look, such as 30s, which is the default; longer than a request takes.")
    private Duration length = Duration.ofSeconds(30);

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = TimeConverter.Positive.class,
            description = "The time from one read to the next; default 1s. Matters where power is integrated.")
    private Duration every = Duration.ofSeconds(1);

    @Option(
            names = "--gpu",
            paramLabel = "DEVICES",
            description = "Count these, as the server's alone: numbers or UUIDs such as 0,1, or 'all'.")
    private @Nullable String gpu;

    @Option(
            names = "--gpus-at",
            paramLabel = "ADDRESS",
            description =
                    "Read the GPUs from an exporter such as http://node7:9400; those of this machine unless given.")
    private @Nullable String gpusAt;

    @Option(
            names = "--via",
            paramLabel = "ID",
            description = "What reads the GPUs, such as dcgm or nvml; found out unless given.")
    private @Nullable String via;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        checkReads();
        String id = engine.of(target.request(), Collectors.transport()).id();
        try (Collector server = target.applyTo(Collectors.forEngine(id)).at(target.address());
                Collector gpus = gpus()) {
            // before the time is spent: without a placement there is no answer
            Placement before = placement(gpus.collect());
            History ofServer = history();
            History ofGpus = history();
            look(server, ofServer, gpus, ofGpus);
            print(answer(ofServer, ofGpus, before), ofServer, ofGpus);
        }
        return 0;
    }

    private void checkReads() {
        if (length.dividedBy(every) > MOST_READS) {
            throw new IllegalArgumentException("--every: at most " + MOST_READS + " reads were expected, not "
                    + length.dividedBy(every) + "; give a longer time between them");
        }
    }

    private Collector gpus() {
        if (gpusAt != null) {
            return Collectors.forGpu(via != null ? via : exporterAt(gpusAt)).at(gpusAt);
        }
        CollectorBuilder builder = via == null ? Collectors.forGpu() : Collectors.forGpu(via);
        return (gpu == null ? builder : builder.select(gpu)).open();
    }

    private static String exporterAt(String address) {
        return Collectors.detect(FetchRequest.to(Target.parse(address)))
                .engine()
                .filter(GpuCommand::isGpu)
                .orElseThrow(() -> new CollectException(
                        FailureKind.NOT_PROMETHEUS,
                        address + " was expected to expose GPUs, and has no metric of a known exporter of GPUs",
                        "Check the address; dcgm-exporter usually listens on port 9400, nvidia_gpu_exporter on 9835.",
                        null));
    }

    private History history() {
        return History.of(length.plus(every).plusSeconds(10), (int) length.dividedBy(every) + 3);
    }

    private void look(Collector server, History ofServer, Collector gpus, History ofGpus) {
        Pace pace = new Pace(every, length);
        while (pace.next()) {
            read(gpus, ofGpus);
            read(server, ofServer);
        }
    }

    private void read(Collector collector, History history) {
        CollectResult result = collector.tryCollect();
        result.optional().ifPresent(history::add);
        if (result instanceof CollectResult.Failure failure) {
            Objects.requireNonNull(spec).commandLine().getErr().println("not read: " + failure.message());
        }
    }

    /** Which GPUs count; fails where that is not known. */
    private Placement placement(MetricsSnapshot gpus) {
        Placement placement = gpu == null ? new GpuFinder().find(target.address(), gpus) : chosen(gpus, gpu);
        if (placement instanceof Placement.Unknown unknown) {
            throw new CollectException(
                    FailureKind.CONNECT,
                    "which GPUs serve the server is not known: " + unknown.detail(),
                    "Name them with --gpu 0,1 or --gpu all; docs/energy.md lists what each reason means.",
                    null);
        }
        return placement;
    }

    private Placement chosen(MetricsSnapshot gpus, String selection) {
        boolean all = gpusAt == null || selection.equals(LocalSource.ALL);
        return Placement.chosen((all ? gpus.devices() : Devices.selected(gpus, selection)).keySet());
    }

    private TokenEnergy answer(History ofServer, History ofGpus, Placement before) {
        Placement after = gpu == null
                ? new GpuFinder().find(target.address(), ofGpus.newest().orElseThrow(this::notEnough))
                : before;
        if (!ids(after).equals(ids(before))) {
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getErr()
                    .println("the GPUs changed meanwhile: " + ids(before) + " at first, " + ids(after) + " at the end");
        }
        return TokenEnergy.over(
                ofServer.whole().orElseThrow(this::notEnough),
                ofGpus.whole().orElseThrow(this::notEnough),
                after instanceof Placement.Unknown ? before : after);
    }

    private static List<String> ids(Placement placement) {
        return placement.gpus().stream().map(UsedGpu::id).toList();
    }

    private CollectException notEnough() {
        return new CollectException(
                FailureKind.CONNECT,
                "two reads or more of " + target.address() + " and of the GPUs were expected within "
                        + length.toMillis() + " ms, and fewer came",
                "Look longer with --for, or see above why reads failed.",
                null);
    }

    private void print(TokenEnergy energy, History ofServer, History ofGpus) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        EnergyReport report = new EnergyReport(
                energy, ofServer.whole().orElseThrow(), ofGpus.newest().orElseThrow());
        if (json) {
            out.println(report.json().toPrettyString());
        } else {
            report.print(out);
        }
        out.flush();
    }
}
