package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine;

class EnergyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final SimulatedEngine vllm = SimulatedEngine.vllm().busy();
    private final SimulatedEngine exporter = SimulatedEngine.dcgmExporter(2).busy();

    @BeforeEach
    void start() {
        vllm.start();
        exporter.start();
    }

    @AfterEach
    void close() {
        vllm.close();
        exporter.close();
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int energy(String... options) {
        Stream<String> all = Stream.of("energy", vllm.url(), "--for", "200ms", "--every", "20ms");
        return run(Stream.concat(all, Stream.of(options)).toArray(String[]::new));
    }

    private static HttpServer exporterOf(String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void gpusThatAreNamedAreCounted() {
        assertThat(energy("--gpus-at", exporter.url(), "--gpu", "all")).isZero();
        assertThat(out.toString())
                .startsWith("vllm at http://")
                .contains("; GPUs by dcgm\n")
                .containsPattern("\njoules for a token +[0-9n]")
                .containsPattern("\nwatts +[0-9.]+\n")
                .containsPattern("\n  gpu 0 \\(GPU-.*\\): [0-9.]+ J by ")
                .containsPattern("\n  gpu 1 \\(GPU-.*\\): [0-9.]+ J by ");
    }

    @Test
    void programsGetJson() throws IOException {
        assertThat(energy("--gpus-at", exporter.url(), "--gpu", "1", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/engine").asText()).isEqualTo("vllm");
        assertThat(json.at("/gpus_by").asText()).isEqualTo("dcgm");
        assertThat(json.at("/seconds").asDouble()).isPositive();
        assertThat(json.at("/gpus")).hasSize(1);
        assertThat(json.at("/gpus/0/energy/value").asDouble()).isPositive();
        assertThat(json.at("/metrics/energy.per_token/unit").asText()).isEqualTo("joules/token");
        assertThat(json.at("/metrics/energy.power/value").asDouble()).isGreaterThan(10);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void gpusAreFoundByWhoListensAtTheAddress() throws IOException {
        long self = ProcessHandle.current().pid();
        HttpServer gpus = exporterOf("""
                nvidia_smi_power_draw_watts{uuid="u1"} 120
                nvidia_smi_power_draw_watts{uuid="u2"} 80
                nvidia_smi_compute_app_used_memory_bytes{pid="%d",process_name="java",uuid="u1"} 100
                nvidia_smi_compute_app_info{pid="%d",process_name="java",uuid="u1"} 1
                """.formatted(self, self));
        int code = energy("--gpus-at", address(gpus));
        gpus.stop(0);
        assertThat(code).isZero();
        assertThat(out.toString())
                .containsPattern("  gpu u1: [0-9.]+ J by [0-9]+ readings of its power; processes " + self)
                .doesNotContain("u2");
    }

    @Test
    void whereTheGpusAreNotKnownItSaysSoAtOnce() {
        assertThat(energy("--gpus-at", exporter.url())).isEqualTo(Main.UNREADABLE);
        assertThat(err.toString())
                .contains("which GPUs serve the server is not known: ", "hint: Name them with --gpu 0,1");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatCannotBeUnderstoodIsNamed() throws IOException {
        HttpServer nobody = exporterOf("up 1\n");
        assertThat(energy("--gpus-at", address(nobody))).isEqualTo(Main.NOT_UNDERSTOOD);
        nobody.stop(0);
        assertThat(energy("--gpus-at", exporter.url(), "--gpu", "7")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("energy", vllm.url(), "--for", "1m", "--every", "1ms")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(List.of("no metric of a known exporter", "no device is '7'", "at most 3600 reads"))
                .allMatch(err.toString()::contains);
    }

    @Test
    void oneReadIsNotEnough() {
        String[] once = {
            "energy", vllm.url(), "--gpus-at", exporter.url(), "--gpu", "all", "--for", "1ms", "--every", "1m"
        };
        assertThat(run(once)).isEqualTo(Main.UNREADABLE);
        assertThat(err.toString()).contains("two reads or more of " + vllm.url(), "Look longer with --for");
    }

    @Test
    void readsThatFailAreSaidSo() {
        String[] nobody = {
            "energy",
            "http://127.0.0.1:1",
            "--engine",
            "vllm",
            "--gpus-at",
            exporter.url(),
            "--gpu",
            "all",
            "--for",
            "2ms",
            "--every",
            "1ms"
        };
        assertThat(run(nobody)).isEqualTo(Main.UNREADABLE);
        assertThat(err.toString()).contains("not read: ", "two reads or more");
    }
}
