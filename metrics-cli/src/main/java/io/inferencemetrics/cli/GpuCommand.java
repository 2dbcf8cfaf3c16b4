package io.inferencemetrics.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collector;
import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.json.SnapshotJson;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.GpuProvider;
import io.inferencemetrics.transport.Transport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gpu}: reads graphics processors, from an exporter or of this machine, and prints what they say. */
@Command(
        name = "gpu",
        description =
                "Reads graphics processors, from an exporter's address or of this machine, and prints what they say.",
        mixinStandardHelpOptions = true)
final class GpuCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "An exporter's address, such as http://node7:9400; this machine unless given.")
    private @Nullable String address;

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(
            names = "--via",
            paramLabel = "ID",
            description = "What reads them, such as dcgm or nvml; found out unless given.")
    private @Nullable String via;

    @Option(
            names = "--gpu",
            paramLabel = "DEVICES",
            description = "Only these: numbers or UUIDs such as 0,1, or 'visible' for those that this process may see.")
    private @Nullable String gpu;

    @Option(
            names = "--also",
            split = ",",
            paramLabel = "WHAT",
            description = "Of this machine: what costs more to read and is left out otherwise, such as gpm,links.")
    private List<String> also = new ArrayList<>();

    @Option(
            names = "--watch",
            description = {
                "Read again and again: a row for each device, with what happened on it lately.",
                "On a terminal as a table that renews itself; elsewhere rows for each read, and those of the whole time at the end."
            })
    private boolean watch;

    @Mixin
    private WatchOptions watching = new WatchOptions();

    @Option(names = "--all", description = "In the table: also what is absent, and why.")
    private boolean all;

    @Option(
            names = "--json",
            description = {
                "Print the snapshot as JSON; with --gpu and an address, a list of devices.",
                "With --watch a window after each read, one to a line, with one for each device under 'devices'."
            })
    private boolean json;

    @Override
    public Integer call() {
        require(watch || !watching.hasLength(), "--for goes with --watch");
        require(
                address == null || also.isEmpty(),
                "--also is about this machine; an exporter decides by itself what it reads");
        if (watch) {
            return watch();
        }
        if (address == null) {
            print(local());
        } else {
            print(remote(address));
        }
        return 0;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), otherwise);
        }
    }

    private int watch() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        GpuWatch printer = new GpuWatch(line.getOut(), json, this::wanted);
        try (Collector collector = address == null ? open() : bound(address)) {
            return watching.run(collector, line, printer::print, printer::printWhole);
        }
    }

    private Collector bound(String to) {
        String id = via != null ? via : remote(to).info().engine();
        return reading.applyTo(Collectors.forGpu(id)).at(to);
    }

    /** The devices that are shown: of this machine no others were read. */
    private Map<String, MetricsSnapshot> wanted(MetricsSnapshot snapshot) {
        return gpu != null && address != null ? Devices.selected(snapshot, gpu) : snapshot.devices();
    }

    /** Whether this is the id of something that reads GPUs. */
    static boolean isGpu(String id) {
        return Collectors.gpus().stream().anyMatch(provider -> provider.id().equals(id));
    }

    /** What reads the engine or the GPUs with this id. */
    static CollectorBuilder readerOf(String id) {
        return isGpu(id) ? Collectors.forGpu(id) : Collectors.forEngine(id);
    }

    private MetricsSnapshot local() {
        try (Collector collector = open()) {
            return collector.collect();
        }
    }

    private Collector open() {
        CollectorBuilder builder = via == null ? Collectors.forGpu() : Collectors.forGpu(via);
        CollectorBuilder chosen = gpu == null ? builder : builder.select(gpu);
        return reading.applyTo(chosen.also(also.toArray(new String[0]))).open();
    }

    private MetricsSnapshot remote(String from) {
        Transport once = new OneFetch(Collectors.transport());
        List<String> ids = via != null
                ? List.of(via)
                : Collectors.gpus().stream()
                        .filter(provider -> provider.local().isEmpty())
                        .map(GpuProvider::id)
                        .toList();
        List<CollectResult> results = ids.stream()
                .map(id ->
                        reading.applyTo(Collectors.forGpu(id)).transport(once).tryCollect(from))
                .toList();
        for (CollectResult result : results) {
            if (result instanceof CollectResult.Success success
                    && !success.snapshot().coverage().found().isEmpty()) {
                return success.snapshot();
            }
        }
        if (results.get(0) instanceof CollectResult.Failure failure) {
            throw failure.cause();
        }
        throw new CollectException(
                FailureKind.NOT_PROMETHEUS,
                from + " was expected to expose GPUs as " + String.join(" or ", ids)
                        + " does, and has none of their metrics",
                "Check the address; dcgm-exporter usually listens on port 9400, nvidia_gpu_exporter on 9835.",
                null);
    }

    private void print(MetricsSnapshot snapshot) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        boolean narrow = gpu != null && address != null;
        Map<String, MetricsSnapshot> devices = wanted(snapshot);
        if (json && narrow) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            devices.values().forEach(device -> list.add(SnapshotJson.write(device)));
            out.println(list.toPrettyString());
        } else if (json) {
            out.println(SnapshotJson.write(snapshot).toPrettyString());
        } else {
            new GpuTable(out, all).print(snapshot, devices, !narrow);
        }
        out.flush();
    }
}
