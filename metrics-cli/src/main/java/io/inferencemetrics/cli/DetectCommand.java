package io.inferencemetrics.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.Detection;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect}: finds out which engine a server is. */
@Command(
        name = "detect",
        description = "Finds out which engine a server is, from the names of its metrics.",
        mixinStandardHelpOptions = true)
final class DetectCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Detection detection = Collectors.detect(target.request());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(json ? json(detection).toPrettyString() : sentence(detection));
        out.flush();
        return detection.engine().isPresent() ? 0 : Main.NOT_UNDERSTOOD;
    }

    private static String sentence(Detection detection) {
        if (detection.engine().isEmpty()) {
            return detection.target() + " exposes metrics of no known engine";
        }
        String title = detection.title().orElse("");
        if (detection.engine().filter(GpuCommand::isGpu).isPresent()) {
            return detection.target() + " is " + title + ", an exporter of GPUs: 'inference-metrics gpu' reads it";
        }
        return detection.installed()
                ? detection.target() + " is " + title + " ("
                        + detection.version().inWords() + " by its "
                        + detection.families().size() + " families)"
                : detection.target() + " is " + title + ", for which no module is installed";
    }

    private static ObjectNode json(Detection detection) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("target", detection.target());
        node.put("engine", detection.engine().orElse(null));
        node.put("installed", detection.installed());
        node.put("inferred_version", detection.version().toString());
        detection.families().forEach(node.putArray("families")::add);
        return node;
    }
}
