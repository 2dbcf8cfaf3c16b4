package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class WatchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int watch(String address, String... options) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 6];
        System.arraycopy(new String[] {"watch", address, "--for", "100ms", "--every", "20ms"}, 0, all, 0, 6);
        System.arraycopy(options, 0, all, 6, options.length);
        return commandLine.execute(all);
    }

    private static SimulatedEngine engine(String id) {
        return switch (id) {
            case "vllm" -> SimulatedEngine.vllm();
            case "sglang" -> SimulatedEngine.sglang();
            default -> SimulatedEngine.tgi();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "tgi"})
    void anyEngineIsWatchedInPlainLinesWithATableAtTheEnd(String id) {
        try (SimulatedEngine engine = engine(id).busy().start()) {
            assertThat(watch(engine.url())).isZero();
        }
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z  running \\d+  waiting .*  read in \\d+ ms");
        assertThat(lines).anyMatch(line -> line.startsWith(id + " at http://"));
        assertThat(lines).anyMatch(line -> line.startsWith("tokens.generated.rate "));
    }

    @Test
    void programsGetAWindowALine() throws IOException {
        try (SimulatedEngine engine = SimulatedEngine.vllm().busy().start()) {
            assertThat(watch(engine.url(), "--json")).isZero();
        }
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).isNotEmpty();
        JsonNode window = new ObjectMapper().readTree(lines.get(0));
        assertThat(window.at("/engine").asText()).isEqualTo("vllm");
        assertThat(window.at("/seconds").asDouble()).isPositive();
        assertThat(window.at("/metrics/requests.running/gauge/readings").asInt())
                .isEqualTo(2);
        assertThat(window.at("/metrics/saturation.kv/derived/value").isNumber()).isTrue();
    }

    @Test
    void aServerThatCannotBeReadIsSaidSoAndDoesNotEndTheWatch() {
        assertThat(watch("http://127.0.0.1:1", "--engine", "vllm")).isEqualTo(Main.UNREADABLE);
        assertThat(err.toString().lines().count()).isGreaterThan(1);
        assertThat(err.toString()).contains("not read: ");
    }
}
