package io.inferencemetrics.cli;

import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.json.SnapshotJson;
import io.inferencemetrics.json.ViewJson;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.EngineProvider;
import io.inferencemetrics.transport.Transport;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code collect}: reads one server and prints what it says. */
@Command(name = "collect", description = "Reads one server and prints what it says.", mixinStandardHelpOptions = true)
final class CollectCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--engine", paramLabel = "ID", description = "The engine; found out from the text unless given.")
    private @Nullable String engine;

    @Option(names = "--instance-id", paramLabel = "ID", description = "The server's name in the output.")
    private @Nullable String instanceId;

    @Option(names = "--raw-samples", description = "With --json or --view: list all samples too.")
    private boolean rawSamples;

    @Option(names = "--all", description = "In the table: also what is absent, and why.")
    private boolean all;

    private final Transport transport = new OneFetch(Collectors.transport());

    @ArgGroup
    private Form form = new Form();

    /** The form of the output; a table unless given. */
    static final class Form {
        @Option(names = "--json", description = "Print the snapshot as JSON.")
        private boolean json;

        @Option(names = "--view", description = "Print the engine's own view as JSON.")
        private boolean view;

        @Option(names = "--raw", description = "Print the body byte for byte.")
        private boolean raw;
    }

    @Override
    public Integer call() {
        String id = engine != null ? engine : detect();
        MetricsSnapshot snapshot = builder(id).collect(target.address());
        print(snapshot, id);
        return 0;
    }

    private CollectorBuilder builder(String id) {
        CollectorBuilder builder = target.applyTo(GpuCommand.readerOf(id)).transport(transport);
        builder = instanceId != null ? builder.instanceId(instanceId) : builder;
        builder = form.raw ? builder.keepBody() : builder;
        return rawSamples ? builder.keepRawSamples() : builder;
    }

    private String detect() {
        return Collectors.detect(target.request(), transport)
                .engine()
                .orElseThrow(() -> new CollectException(
                        FailureKind.NOT_PROMETHEUS,
                        target.address() + " exposes no metric of a known engine",
                        "Ask 'inference-metrics doctor " + target.address()
                                + "' why, or say which engine it is with --engine.",
                        null));
    }

    private void print(MetricsSnapshot snapshot, String id) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (form.json) {
            out.println(SnapshotJson.write(snapshot).toPrettyString());
        } else if (form.view) {
            out.println(ViewJson.success(snapshot, view(snapshot, id)).toPrettyString());
        } else if (form.raw) {
            System.out.writeBytes(snapshot.body().orElseThrow());
            System.out.flush();
        } else {
            new SnapshotTable(out, all).print(snapshot);
        }
        out.flush();
    }

    private static Record view(MetricsSnapshot snapshot, String id) {
        Optional<Record> view = Collectors.engines().stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .flatMap((EngineProvider provider) -> provider.view(snapshot));
        return view.orElseThrow(() -> new IllegalArgumentException("the engine " + id + " has no view of its own"));
    }
}
