package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
    private static final String BODY = """
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="tiny"} 3.0
            vllm:num_requests_running{engine="1",model_name="tiny"} 4.0
            # TYPE vllm:kv_cache_usage_perc gauge
            vllm:kv_cache_usage_perc{engine="0",model_name="tiny"} 0.125
            # TYPE vllm:time_to_first_token_seconds histogram
            vllm:time_to_first_token_seconds_bucket{engine="0",model_name="tiny",le="+Inf"} 4.0
            vllm:time_to_first_token_seconds_count{engine="0",model_name="tiny"} 4.0
            vllm:time_to_first_token_seconds_sum{engine="0",model_name="tiny"} 1.0
            vllm:nobody_knows_this 1.0
            and this is no sample
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }

    private String file(String body) throws IOException {
        return "file:" + Files.writeString(folder.resolve("body.txt"), body);
    }

    @Test
    void collectPrintsATableOfWhatIsThere() throws IOException {
        assertThat(run("collect", file(BODY))).isZero();
        assertThat(out.toString())
                .contains("vllm at file:", "(0.9.2 or newer by its metrics)")
                .containsPattern("requests.running +7 requests +vllm:num_requests_running")
                .containsPattern("0,tiny +3")
                .containsPattern("kv.usage_ratio +0.1250 ratio")
                .containsPattern("latency.ttft +0.2500 seconds +mean of 4, vllm:time_to_first_token_seconds \\[\\d+]")
                .containsPattern("\\[\\d+] observed at once")
                .contains("unmapped: vllm:nobody_knows_this")
                .contains("1 line skipped")
                .doesNotContain("requests.swapped");
    }

    @Test
    void collectPrintsWhatIsAbsentWhereAsked() throws IOException {
        assertThat(run("collect", "--all", file(BODY))).isZero();
        assertThat(out.toString()).containsPattern("requests.swapped +- not in version");
    }

    @Test
    void collectSaysWhyAValueCannotBeUsed() throws IOException {
        assertThat(run("collect", file("vllm:num_requests_waiting NaN\n"))).isZero();
        assertThat(out.toString())
                .containsPattern("requests.waiting +failed .*vllm:num_requests_waiting.*: .*the engine says NaN");
    }

    @Test
    void collectCountsSeriesThatCameTwice() throws IOException {
        assertThat(run("collect", file("vllm:num_requests_running 1\nvllm:num_requests_running 1\n")))
                .isZero();
        assertThat(out.toString()).contains("1 sample left out, whose series had already come in this body");
    }

    @Test
    void collectPrintsJson() throws IOException {
        assertThat(run("collect", "--json", "--raw-samples", "--instance-id", "a", file(BODY)))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/instance_id").asText()).isEqualTo("a");
        assertThat(json.at("/metrics/requests.running/value").asInt()).isEqualTo(7);
        assertThat(json.at("/raw_metrics")).hasSize(7);
    }

    @Test
    void collectPrintsTheEnginesView() throws IOException {
        assertThat(run("collect", "--engine", "vllm", "--view", file(BODY))).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/metrics/gpu_metrics/cache_usage_perc").asDouble()).isEqualTo(12.5);
    }

    @Test
    void collectPrintsTheBodyByteForByte() throws IOException {
        byte[] body = (BODY + "# no text: \u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("body.txt"), body);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream standard = System.out;
        System.setOut(new PrintStream(bytes, true));
        try {
            assertThat(run("collect", "--raw", "file:" + file)).isZero();
        } finally {
            System.setOut(standard);
        }
        assertThat(bytes.toByteArray()).isEqualTo(body);
    }

    @Test
    void detectNamesTheEngineAndItsVersion() throws IOException {
        assertThat(run("detect", file(BODY))).isZero();
        assertThat(out.toString()).contains("is vLLM (0.9.2 or newer by its 3 families)");
    }

    @Test
    void detectPrintsJson() throws IOException {
        assertThat(run("detect", "--json", file(BODY))).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("engine").asText())
                .isEqualTo("vllm");
    }

    @Test
    void detectKnowsEnginesThatNoModuleReads() throws IOException {
        assertThat(run("detect", file("trtllm_num_requests_running 1\n"))).isZero();
        assertThat(out.toString()).contains("TensorRT-LLM, for which no module is installed");
        assertThat(run("detect", file("node_load1 1\n"))).isEqualTo(Main.NOT_UNDERSTOOD);
    }

    @Test
    void enginesListsWhatIsInstalled() throws IOException {
        assertThat(run("engines")).isZero();
        assertThat(out.toString()).contains("vllm", "sglang", "tgi", "llamacpp", "8000", "30000", "8080");
        out.getBuffer().setLength(0);
        assertThat(run("engines", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString())).hasSize(4);
    }

    @Test
    void aServerThatCannotBeReadIsOneSentenceAndAHint() {
        assertThat(run("collect", "--timeout", "2s", "file:" + folder.resolve("none")))
                .isEqualTo(Main.UNREADABLE);
        assertThat(err.toString().lines()).hasSize(2);
        assertThat(err.toString()).contains("error: the file", "hint: ");
    }

    @Test
    void whatIsNotUnderstoodHasAnExitCodeOfItsOwn() throws IOException {
        assertThat(run("collect", file("<html>"))).isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(run("collect", file("node_load1 1\n"))).isEqualTo(Main.NOT_UNDERSTOOD);
    }

    @Test
    void aWrongCommandLineIsAUsageError() throws IOException {
        assertThat(run("collect")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("collect", "--engine", "nothing", file(BODY))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("collect", "ftp://host")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("metrics-engine-nothing").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({
        "collect --timeout 0, --timeout, a time of more than 0 was expected",
        "collect --timeout 5, --timeout, 'a time such as 500ms, 5s or 2m was expected'",
        "collect --timeout 2000m, --timeout, a time of at most a day was expected",
        "doctor --timeout abc, --timeout, a time such as 500ms",
        "doctor --interval -1s, --interval, a time such as 500ms",
    })
    void aTimeOutOfRangeNamesItsOptionWhatIsAllowedAndWhatCame(String command, String option, String expected) {
        String[] words = (command + " localhost:1").split(" ");
        assertThat(run(words)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines().findFirst().orElseThrow())
                .contains("'" + option + "'", expected, "not '" + words[2] + "'");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "0.25s, PT0.25S", "2m, PT2M", "0, PT0S"})
    void timesHaveAUnit(String text, Duration time) {
        assertThat(new TimeConverter().convert(text)).isEqualTo(time);
    }

    @Test
    void secretsComeFromTheEnvironmentAndHeadersFromTheCommandLine() throws IOException {
        assertThat(run("collect", "--bearer-token-env", "PATH", "--header", "X-A=b", file(BODY)))
                .isZero();
        assertThat(run("collect", "--bearer-token-env", "NO_SUCH_VARIABLE", file(BODY)))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("NO_SUCH_VARIABLE is not set");
    }

    @Test
    void demoShowsThreeEnginesSideBySideAndEnds() {
        assertThat(run("demo")).isZero();
        assertThat(out.toString())
                .containsPattern("metric +unit +vllm +sglang +tgi")
                .containsPattern("requests.running +requests +\\d+ +\\d+ +\\d+")
                .containsPattern("latency.ttft +seconds +[\\d.]+ mean of \\d+ +[\\d.]+ mean of \\d+ +- not exposed");
    }

    @Test
    void findingTheEngineOutAndReadingItAreOneScrape() {
        try (SimulatedEngine engine = SimulatedEngine.vllm().start()) {
            assertThat(run("collect", engine.url())).isZero();
            assertThat(engine.requestsTo("/metrics")).isEqualTo(1);
        }
    }

    @Test
    void headersGoWithTheDetectionTooSoThatAGuardedServerCanBeRead() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            boolean allowed = "Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(allowed ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String address = "127.0.0.1:" + server.getAddress().getPort();
            assertThat(run("collect", "--header", "Authorization=Bearer t", address))
                    .isZero();
            assertThat(run("collect", address)).isEqualTo(Main.UNREADABLE);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void doctorSaysInOneSentenceThatAllIsWellAndWhatElseIsGoodToKnow() throws IOException {
        String body = SimulatedEngine.vllm().busy().metricsText();
        assertThat(run("doctor", "--interval", "0", file(body))).isZero();
        assertThat(out.toString())
                .containsPattern("^vLLM \\(.* by its metrics\\) at file:.* is well: \\d+ families")
                .contains("  also: some metrics", "not in this version" + System.lineSeparator(), "  asked: file:")
                .contains("(--verbose says more)")
                .doesNotContain("--enable-lora");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(160));
    }

    @Test
    void doctorSaysWhatElseIsGoodToKnowInFullWhereAsked() throws IOException {
        String body = SimulatedEngine.vllm().busy().metricsText();
        assertThat(run("doctor", "--verbose", "--interval", "0", file(body))).isZero();
        assertThat(out.toString())
                .contains("--enable-lora for lora.max", "take another: requests.swapped")
                .doesNotContain("(--verbose");
    }

    @Test
    void doctorHasAnExitCodeForEachSeverity() throws IOException {
        assertThat(run("doctor", file("<html>"))).isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(run("doctor", "file:" + folder.resolve("none"))).isEqualTo(Main.UNREADABLE);
        assertThat(run("doctor", file(BODY))).isEqualTo(Main.SOMETHING_WRONG);
        assertThat(out.toString()).contains("1 line of file:");
    }

    @Test
    void doctorExaminesAServerOrTheGpusAndNotBoth() {
        assertThat(run("doctor")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("doctor", "--gpu", "localhost:8000")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("either an ADDRESS was expected, or --gpu");
    }

    @Test
    void doctorPrintsJson() throws IOException {
        assertThat(run("doctor", "--json", "--header", "X-A=b", "--bearer-token-env", "PATH", file("[]")))
                .isEqualTo(Main.NOT_UNDERSTOOD);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/severity").asText()).isEqualTo("not_understood");
        assertThat(json.at("/findings/0/cause").asText()).isEqualTo("tensorrt_llm_json");
        assertThat(json.at("/sentence").asText()).startsWith("file:");
        assertThat(json.at("/asked")).hasSize(1);
    }

    @Test
    void helpAndVersionArePrinted() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("inference-metrics ");
        assertThat(run("help", "collect")).isZero();
        assertThat(out.toString()).contains("--engine=ID", "ADDRESS");
    }
}
