package io.inferencemetrics.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dmetrics.page=write}, it writes the page anew. */
class MachineMetricsPageTest {
    private static final Path PAGE = Path.of("../docs/machine-metrics.md");
    private static final String INTRODUCTION = """
            # Metrics of GPUs and hosts

            What can be asked of graphics processors and of the machine, the same over all ways to read them. Which of it a source has stands in
            its [catalogue](catalogue.md); an absent answer says why, and is never zero. Counters count since the driver was loaded or the machine
            started; a window makes rates of them: joules by the second are watts.

            Devices combine as the column says. `same` means that there is one value only where all say the same; ask each device otherwise, with
            `snapshot.devices()`.

            This page is written by a program, from the vocabulary; `MachineMetricsPageTest` checks that it is current.

            """;

    @Test
    void thePageSaysWhatTheVocabulariesSay() throws IOException, IllegalAccessException {
        String text =
                INTRODUCTION + "## GPUs\n\n" + table(GpuMetrics.class) + "\n## Hosts\n\n" + table(HostMetrics.class);
        if ("write".equals(System.getProperty("metrics.page"))) {
            Files.writeString(PAGE, text);
        }
        assertThat(PAGE)
                .as("write the page anew: mvn test -pl metrics-core -am -Dtest=MachineMetricsPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dmetrics.page=write")
                .hasContent(text);
    }

    private static String table(Class<?> vocabulary) throws IllegalAccessException {
        StringBuilder table = new StringBuilder(row("name", "constant", "is", "combines", "OpenTelemetry", "meaning"));
        table.append("| --- | --- | --- | --- | --- | --- |\n");
        for (Field field : vocabulary.getFields()) {
            Metric<?> metric = (Metric<?>) field.get(null);
            table.append(row(
                    "`" + metric.name() + "`",
                    "`" + field.getName() + "`",
                    kind(metric),
                    metric.overRanks().name().toLowerCase(Locale.ROOT),
                    metric.openTelemetryName().map(name -> "`" + name + "`").orElse(""),
                    metric.meaning()));
        }
        return table.toString();
    }

    private static String kind(Metric<?> metric) {
        String kind = metric.getClass().getSimpleName().replace("Metric", "").toLowerCase(Locale.ROOT);
        boolean plain = metric.unit() == Unit.ONE || metric.unit() == Unit.TEXT || metric.unit() == Unit.RATIO;
        return plain ? kind : kind + " in " + metric.unit().symbol();
    }

    private static String row(String... cells) {
        return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
