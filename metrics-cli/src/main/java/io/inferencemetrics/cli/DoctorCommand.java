package io.inferencemetrics.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.doctor.Diagnosis;
import io.inferencemetrics.doctor.Doctor;
import io.inferencemetrics.doctor.Finding;
import io.inferencemetrics.doctor.GpuDoctor;
import io.inferencemetrics.doctor.Severity;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code doctor}: says in one sentence what is wrong with a server, or with the GPUs of this machine, and what to do. */
@Command(
        name = "doctor",
        description =
                "Says in one sentence what is wrong with a server, or with the GPUs of this machine, and what to do.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is wrong",
            "2:the command line cannot be understood",
            "3:the server, or the GPUs, could not be read",
            "4:what the server sent is no engine's metrics",
            "5:it can be read, and something is wrong"
        })
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "http://host:port, host:port, unix:/path/of.sock or file:/path; /metrics is added.")
    private @Nullable String address;

    @Option(names = "--gpu", description = "Examine the GPUs of this machine in place of a server.")
    private boolean gpu;

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Time between two reads, to see whether counters move; default 1s, with 0 it reads once.")
    private Duration interval = Duration.ofSeconds(1);

    @Option(names = "--json", description = "Print the diagnosis as JSON.")
    private boolean json;

    @Option(names = "--verbose", description = "What is good to know in full: which metrics, which options.")
    private boolean verbose;

    @Override
    public Integer call() {
        Diagnosis diagnosis = examine();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            out.println(json(diagnosis).toPrettyString());
        } else {
            print(diagnosis, out);
        }
        out.flush();
        return exitCode(diagnosis.severity());
    }

    private Diagnosis examine() {
        if (gpu == (address != null)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "either an ADDRESS was expected, or --gpu");
        }
        return address == null
                ? new GpuDoctor().examine()
                : reading.applyTo(new Doctor().interval(interval)).examine(address);
    }

    private void print(Diagnosis diagnosis, PrintWriter out) {
        out.println(upperCased(diagnosis.sentence()));
        List<Finding> others = diagnosis.findings().stream().skip(1).toList();
        others.forEach(
                finding -> out.println("  also: " + (isShort(finding) ? finding.problem() : finding.sentence())));
        out.println("  asked: " + String.join(" ", diagnosis.asked())
                + (others.stream().anyMatch(this::isShort) ? " (--verbose says more)" : ""));
    }

    /** What needs nothing to be done is a line, and no list of what could be done. */
    private boolean isShort(Finding finding) {
        return !verbose
                && finding.severity() == Severity.NOTICE
                && !finding.remedy().isEmpty();
    }

    /** Names and addresses stay as they are written. */
    private static String upperCased(String sentence) {
        boolean word = sentence.matches("[a-z]+,? .*");
        return word ? sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) : sentence;
    }

    private static ObjectNode json(Diagnosis diagnosis) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("target", diagnosis.target());
        node.put("engine", diagnosis.engine().orElse(null));
        node.put("severity", word(diagnosis.severity()));
        node.put("sentence", diagnosis.sentence());
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : diagnosis.findings()) {
            findings.addObject()
                    .put("cause", word(finding.cause()))
                    .put("severity", word(finding.severity()))
                    .put("problem", finding.problem())
                    .put("remedy", finding.remedy());
        }
        diagnosis.asked().forEach(node.putArray("asked")::add);
        return node;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static int exitCode(Severity severity) {
        return switch (severity) {
            case FINE, NOTICE -> 0;
            case WARNING -> Main.SOMETHING_WRONG;
            case NOT_UNDERSTOOD -> Main.NOT_UNDERSTOOD;
            case UNREADABLE -> Main.UNREADABLE;
        };
    }
}
