package io.inferencemetrics.cli;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.catalog.Question.Cost;
import io.inferencemetrics.identity.Fact;
import io.inferencemetrics.identity.Identities;
import io.inferencemetrics.identity.IdentityJson;
import io.inferencemetrics.identity.ServerIdentity;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code identity}: asks a server's own endpoints who it is. */
@Command(
        name = "identity",
        description =
                "Asks a server's own endpoints who it is: exact version, models and adapters, longest sequence, sleep, health.",
        mixinStandardHelpOptions = true)
final class IdentityCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(
            names = "--cost",
            paramLabel = "COST",
            description = "What a question may cost the engine: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Cost cost = Cost.CHEAP;

    @Option(names = "--json", description = "Print the answers as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ServerIdentity identity = identities().upTo(cost).ask(target.request());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            out.println(IdentityJson.write(identity).toPrettyString());
        } else {
            new IdentityTable(out).print(identity);
        }
        out.flush();
        return exitCode(identity);
    }

    private Identities identities() {
        EngineOption.Engine found = engine.of(target.request(), Collectors.transport());
        return Identities.of(found.id()).knownToBe(found.version());
    }

    private static int exitCode(ServerIdentity id) {
        if (facts(id).anyMatch(Fact.Known.class::isInstance)) {
            return 0;
        }
        return facts(id).anyMatch(IdentityCommand::isRefused) ? Main.UNREADABLE : Main.NOT_UNDERSTOOD;
    }

    private static Stream<Fact<?>> facts(ServerIdentity id) {
        return Stream.of(id.version(), id.models(), id.maxLength(), id.sleeping(), id.paused(), id.health());
    }

    private static boolean isRefused(Fact<?> fact) {
        return fact instanceof Fact.Unknown<?> unknown
                && switch (unknown.reason()) {
                    case NEEDS_TOKEN, UNREACHABLE, TIMEOUT, FAILED -> true;
                    case UNUSABLE, NOT_ASKED, NOT_THERE, NO_QUESTION -> false;
                };
    }
}
