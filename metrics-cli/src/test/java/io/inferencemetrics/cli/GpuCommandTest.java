package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GpuCommandTest {
    private static final String SPLIT = """
            DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-a",modelName="A",GPU_I_PROFILE="1g.10gb",GPU_I_ID="7",pod="p"} 100
            DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-a",modelName="A",GPU_I_PROFILE="1g.10gb",GPU_I_ID="7"} 116
            DCGM_FI_DEV_CLOCK_THROTTLE_REASONS{gpu="0",UUID="GPU-a"} 4
            """;
    private static final String PROCESSES = """
            nvidia_smi_compute_app_used_memory_bytes{pid="7",process_name="a.out",uuid="u"} 100
            nvidia_smi_compute_app_info{pid="7",process_name="a.out",uuid="u"} 1
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private String file(String body) throws IOException {
        Path file = folder.resolve("body.txt");
        Files.writeString(file, body);
        return file.toUri().toString();
    }

    @Test
    void aRowIsAMetricAndAColumnADevice() {
        try (SimulatedEngine exporter = SimulatedEngine.dcgmExporter(2).start()) {
            assertThat(run("gpu", exporter.url())).isZero();
            assertThat(exporter.requestsTo("/metrics")).isEqualTo(1);
        }
        assertThat(out.toString())
                .startsWith("dcgm at http")
                .containsPattern("gpu 0: .* GPU-.*, driver ")
                .containsPattern(" +all +gpu 0 +gpu 1\n")
                .containsPattern("gpu.power +watts +[0-9.]+ +[0-9.]+ +[0-9.]+ +DCGM_FI_DEV_POWER_USAGE")
                .contains("families found, 0 unmapped");
    }

    @Test
    void partsAndWhatHoldsTheClocksDownAreShown() throws IOException {
        assertThat(run("gpu", file(SPLIT))).isZero();
        assertThat(out.toString())
                .contains("gpu 0: A GPU-a, pod p", "  part 7: 1g.10gb", "  clocks held down by power_cap")
                .containsPattern(" +all +gpu 0 +gpu 0/7\n")
                .containsPattern("gpu.memory.used +bytes +104857600 +104857600 +104857600 ")
                .containsPattern("gpu.power +watts +116 +116 +- ");
    }

    @Test
    void processesAreShown() throws IOException {
        assertThat(run("gpu", "--all", file(PROCESSES))).isZero();
        assertThat(out.toString())
                .contains("  process 7 a.out: 100 bytes")
                .containsPattern("gpu.power +watts +- option off");
    }

    @Test
    void devicesAreChosenByNumberAndById() throws IOException {
        try (SimulatedEngine exporter = SimulatedEngine.dcgmExporter(3).start()) {
            assertThat(run("gpu", "--gpu", "0,2", "--json", exporter.url())).isZero();
            JsonNode list = new ObjectMapper().readTree(out.toString());
            assertThat(list).hasSize(2);
            assertThat(list.get(1).at("/metrics/gpu.index/value").asInt()).isEqualTo(2);
            String uuid = list.get(1).at("/metrics/gpu.uuid/value").asText();
            out.getBuffer().setLength(0);
            assertThat(run("gpu", "--gpu", uuid, exporter.url())).isZero();
            assertThat(out.toString()).contains(uuid).containsPattern("\n +gpu 2\n");
            assertThat(run("gpu", "--gpu", "7", exporter.url())).isEqualTo(CommandLine.ExitCode.USAGE);
            assertThat(run("gpu", "--gpu", "visible", exporter.url())).isEqualTo(CommandLine.ExitCode.USAGE);
        }
        assertThat(err.toString())
                .contains("no device is '7'; there are 0 (GPU-", "give numbers or UUIDs")
                .doesNotContain("Exception");
    }

    @Test
    void aSnapshotOfGpusIsJsonLikeAnEngines() throws IOException {
        assertThat(run("gpu", "--json", file(SPLIT))).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("engine").asText()).isEqualTo("dcgm");
        assertThat(json.at("/metrics/gpu.power/value").asDouble()).isEqualTo(116);
        assertThat(json.at("/metrics/gpu.power/unit").asText()).isEqualTo("watts");
        assertThat(json.at("/metrics/requests.running").isMissingNode()).isTrue();
    }

    @Test
    void whatIsNoExporterIsNamed() throws IOException {
        String engine = file("vllm:num_requests_running 1\n");
        assertThat(run("gpu", engine)).isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(err.toString()).contains("its metrics are those of vLLM", "inference-metrics collect");
        assertThat(run("gpu", file("up 1\n"))).isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(err.toString()).contains("as dcgm or nvidia-smi-exporter does", "9400");
        assertThat(run("gpu", "--via", "nothing", engine)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("metrics-gpu-nothing").doesNotContain("Exception");
    }

    @Test
    void otherCommandsKnowAnExporterWhenTheySeeOne() throws IOException {
        String body = file(SPLIT);
        assertThat(run("detect", body)).isZero();
        assertThat(out.toString()).contains("an exporter of GPUs: 'inference-metrics gpu' reads it");
        assertThat(run("collect", body)).isZero();
        assertThat(out.toString()).containsPattern("gpu.power +116 watts");
        Path file = folder.resolve("body.txt");
        assertThat(run("window", file.toString(), file.toString())).isZero();
    }
}
