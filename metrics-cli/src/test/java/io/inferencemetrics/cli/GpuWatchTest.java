package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.contract.BodyTransport;
import io.inferencemetrics.window.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GpuWatchTest {
    private static final String NVML = """
            nvml_device_index{gpu="0",uuid="GPU-a"} 0
            nvml_device_index{gpu="1",uuid="GPU-b"} 1
            nvml_gpu_busy_seconds_total{gpu="0",uuid="GPU-a"} SECOND.5
            nvml_utilization_gpu_percent{gpu="0",uuid="GPU-a"} 99
            nvml_energy_millijoules_total{gpu="0",uuid="GPU-a"} SECOND000000
            nvml_power_usage_milliwatts{gpu="1",uuid="GPU-b"} 99500
            nvml_pcie_sent_bytes_total{gpu="0",uuid="GPU-a"} SECOND0000000
            nvml_memory_used_bytes{gpu="1",uuid="GPU-b"} 42949672960
            nvml_memory_total_bytes{gpu="1",uuid="GPU-b"} 85899345920
            nvml_memory_used_bytes{gpu="1",uuid="GPU-b",gpu_instance_id="7",compute_instance_id="0"} 1073741824
            nvml_clock_event_reasons{gpu="1",uuid="GPU-b"} 4
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private static MetricsSnapshot read(int second) {
        byte[] body = NVML.replace("SECOND", Integer.toString(second)).getBytes(StandardCharsets.UTF_8);
        return Collectors.forGpu("nvml")
                .transport(new BodyTransport(body, "text/plain"))
                .collect("http://localhost:1");
    }

    @Test
    void whatIsARateComesFromTheWindowAndTheRestFromTheDevice() {
        MetricsSnapshot later = read(2);
        Window window = Window.between(read(1), later, Duration.ofSeconds(4));
        new GpuRows(new PrintWriter(out, true)).print("at noon ", GpuRows.of(later.devices(), Optional.of(window)));
        assertThat(out.toString().lines())
                .containsExactly(
                        "        gpu          busy    mem GiB    watts  pcie out MB/s    held by",
                        "at noon 0           25.0%          -    250.0            2.5          -",
                        "at noon 1               -  40.0/80.0     99.5              -  power_cap",
                        "at noon 1/7             -        1.0        -              -          -");
    }

    @Test
    void beforeThereIsAWindowDevicesSayWhatTheyCan() {
        new GpuRows(new PrintWriter(out, true)).print("", GpuRows.of(read(1).devices(), Optional.empty()));
        assertThat(out.toString()).contains("99.0%", "99.5").doesNotContain("250.0");
    }

    @Test
    void anExporterIsWatchedInRowsWithThoseOfTheWholeTimeAtTheEnd() {
        try (SimulatedEngine exporter = SimulatedEngine.dcgmExporter(2).start()) {
            assertThat(run("gpu", "--watch", "--for", "100ms", "--every", "20ms", exporter.url()))
                    .isZero();
        }
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).matches(" +gpu +busy .* watts .*");
        assertThat(lines.get(1)).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z  0 .*");
        assertThat(lines).anyMatch(line -> line.matches("dcgm at http.*, over 0\\.\\d{3} s"));
        assertThat(lines.get(lines.size() - 1)).startsWith("1 ");
    }

    @Test
    void programsGetAWindowALineWithOneForEachDevice() throws IOException {
        try (SimulatedEngine exporter = SimulatedEngine.dcgmExporter(2).start()) {
            assertThat(run(
                            "gpu",
                            "--watch",
                            "--json",
                            "--for",
                            "100ms",
                            "--every",
                            "20ms",
                            "--gpu",
                            "1",
                            exporter.url()))
                    .isZero();
        }
        JsonNode window =
                new ObjectMapper().readTree(out.toString().lines().findFirst().orElseThrow());
        assertThat(window.at("/seconds").asDouble()).isPositive();
        assertThat(window.at("/metrics/gpu.energy/rate/unit").asText()).isEqualTo("watts");
        assertThat(window.get("devices")).hasSize(1);
        assertThat(window.get("devices")
                        .elements()
                        .next()
                        .at("/metrics/gpu.power/gauge/readings")
                        .asInt())
                .isEqualTo(2);
    }

    /** An exporter moves its counter of energy in steps of half a minute. */
    @Test
    void wattsAreThoseOfThePowerWhereThereIsOne() {
        String body = "nvml_power_usage_milliwatts{gpu=\"0\",uuid=\"GPU-a\"} 250000\n"
                + "nvml_energy_millijoules_total{gpu=\"0\",uuid=\"GPU-a\"} 1000000\n";
        MetricsSnapshot now = Collectors.forGpu("nvml")
                .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), "text/plain"))
                .collect("http://localhost:1");
        Window window = Window.between(now, now, Duration.ofSeconds(4));
        new GpuRows(new PrintWriter(out, true)).print("", GpuRows.of(now.devices(), Optional.of(window)));
        assertThat(out.toString()).contains("250.0");
    }

    @Test
    void optionsThatWouldDoNothingAreErrors() {
        assertThat(run("gpu", "--for", "1s", "http://localhost:1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("gpu", "--also", "gpm", "http://localhost:1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--for goes with --watch", "--also is about this machine");
    }

    @Test
    void allDevicesOfAnExporterCanBeAskedFor() {
        try (SimulatedEngine exporter = SimulatedEngine.dcgmExporter(2).start()) {
            assertThat(run("gpu", "--gpu", "all", exporter.url())).isZero();
            assertThat(run("gpu", "--gpu", "0,", exporter.url())).isZero();
            assertThat(run("gpu", "--gpu", ",1", exporter.url())).isNotZero();
        }
        assertThat(err.toString()).contains("no device is ''");
    }

    @Test
    void whatCannotBeReadBeyondTheUsualIsNamed() {
        assertThat(run("gpu", "--also", "gpm,nothing")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("'nothing' is none of what nvml can read", "gpm, links, pcie-throughput");
    }
}
