package io.inferencemetrics.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WindowCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... options) throws IOException {
        Path earlier = Files.write(folder.resolve("a.txt"), body(100, 10, 4).getBytes(UTF_8));
        Path later = Files.write(folder.resolve("b.txt"), body(400, 30, 9).getBytes(UTF_8));
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 3];
        all[0] = "window";
        all[1] = earlier.toString();
        all[2] = later.toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return commandLine.execute(all);
    }

    private static String body(int tokens, int queries, int hits) {
        return "vllm:num_requests_running 1\n" + "vllm:generation_tokens_total " + tokens + "\n"
                + "vllm:prefix_cache_queries_total " + queries + "\nvllm:prefix_cache_hits_total " + hits + "\n"
                + "# TYPE vllm:time_to_first_token_seconds histogram\n"
                + "vllm:time_to_first_token_seconds_bucket{le=\"0.5\"} " + tokens + "\n"
                + "vllm:time_to_first_token_seconds_bucket{le=\"+Inf\"} " + tokens + "\n"
                + "vllm:time_to_first_token_seconds_sum " + tokens / 10 + "\n"
                + "vllm:time_to_first_token_seconds_count " + tokens + "\n";
    }

    @Test
    void twoSavedScrapesBecomeRatesRatiosMeansAndQuantiles() throws IOException {
        assertThat(run("--seconds", "10", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/engine").asText()).isEqualTo("vllm");
        assertThat(json.at("/seconds").asDouble()).isEqualTo(10);
        JsonNode metrics = json.get("metrics");
        assertThat(metrics.at("/tokens.generated/increase/value").asInt()).isEqualTo(300);
        assertThat(metrics.at("/tokens.generated/rate/value").asDouble()).isEqualTo(30);
        assertThat(metrics.at("/tokens.generated/rate/unit").asText()).isEqualTo("tokens/s");
        assertThat(metrics.at("/prefix.hit_ratio/ratio/value").asDouble()).isEqualTo(0.25);
        assertThat(metrics.at("/latency.ttft/mean/value").asDouble()).isEqualTo(0.1);
        assertThat(metrics.at("/latency.ttft/p99/high").asDouble()).isEqualTo(0.5);
        assertThat(metrics.at("/latency.ttft/p99/count").asInt()).isEqualTo(300);
        assertThat(metrics.at("/preemptions/rate/absent").asText()).isNotEmpty();
    }

    @Test
    void withoutATimeRatesAreAbsentAndSaySo() throws IOException {
        assertThat(run("--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.has("seconds")).isFalse();
        assertThat(json.at("/metrics/tokens.generated/rate/absent").asText()).isEqualTo("no_time_between");
        assertThat(json.at("/metrics/tokens.generated/increase/value").asInt()).isEqualTo(300);
    }

    @Test
    void theTableIsForPeople() throws IOException {
        assertThat(run("--seconds", "10")).isZero();
        assertThat(out.toString())
                .startsWith("vllm at file:")
                .containsPattern(", 10\\.000 s")
                .containsPattern("tokens.generated.rate +30 tokens/s +\\+300")
                .containsPattern("latency.ttft.p50 +\\S+ seconds +above 0, at most 0.5000, of 300");
    }

    @Test
    void aTimeThatIsNoneIsRefused() throws IOException {
        assertThat(run("--seconds", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--seconds");
    }
}
