package io.inferencemetrics.cli;

import io.inferencemetrics.UnknownEngineException;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code inference-metrics}. */
@Command(
        name = "inference-metrics",
        description = "Reads the metrics of LLM inference servers.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            CollectCommand.class,
            DetectCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            EnergyCommand.class,
            EnginesCommand.class,
            GpuCommand.class,
            HostCommand.class,
            IdentityCommand.class,
            SimulateCommand.class,
            WatchCommand.class,
            WindowCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a defect of this program",
            "2:the command line cannot be understood",
            "3:the server could not be read",
            "4:what the server sent could not be understood",
            "5:doctor: it can be read, and something is wrong"
        })
public final class Main {
    static final int UNREADABLE = 3;
    static final int NOT_UNDERSTOOD = 4;
    static final int SOMETHING_WRONG = 5;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log what happens in a read to the standard error.")
    @SuppressWarnings("UnusedVariable") // looked for before the loggers are made, see main
    private boolean debug;

    /** Creates the command; picocli does. */
    public Main() {}

    /** Says which build this is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"inference-metrics " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        if (Arrays.asList(args).contains("--debug")) {
            System.setProperty("org.slf4j.simpleLogger.log.io.inferencemetrics", "debug");
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    private static String hint(CollectException failure, CommandLine command) {
        if (failure.kind() == FailureKind.WRONG_ENGINE
                && command.getCommandName().equals("gpu")) {
            return "Leave out --via to have the exporter found out; of an engine, ask 'inference-metrics collect'.";
        }
        return failure.kind() == FailureKind.WRONG_ENGINE
                ? "Leave out --engine, and it is found out which engine it is."
                : failure.hint();
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        PrintWriter err = command.getErr();
        CommandLine.Help.Ansi ansi = command.getColorScheme().ansi();
        if (failure instanceof CollectException collect) {
            err.println(ansi.string("@|red error:|@ ") + collect.getMessage());
            err.println(ansi.string("@|yellow hint:|@ ") + hint(collect, command));
            return switch (collect.kind()) {
                case CONNECT, TIMEOUT, STATUS, CANCELLED -> UNREADABLE;
                case NOT_PROMETHEUS, WRONG_ENGINE, TOO_LARGE, PARSE -> NOT_UNDERSTOOD;
            };
        }
        if (failure instanceof UnknownEngineException || failure instanceof IllegalArgumentException) {
            err.println(ansi.string("@|red error:|@ ") + failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw failure;
    }
}
