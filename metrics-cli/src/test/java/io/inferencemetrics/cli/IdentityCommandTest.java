package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class IdentityCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] body = answers.getOrDefault(path, "no").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int run(String... options) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = "identity";
        all[all.length - 1] = "127.0.0.1:" + server.getAddress().getPort();
        return commandLine.execute(all);
    }

    @Test
    void aServerIsFoundOutAndSaysWhoItIs() {
        answers.put("/metrics", "vllm:num_requests_running 1\n");
        answers.put("/version", "{\"version\":\"0.32.0\"}");
        answers.put("/health", "");
        answers.put("/v1/models", """
                {"data":[{"id":"tiny","root":"model","parent":null,"max_model_len":2048},
                         {"id":"french","root":"/a","parent":"tiny","max_model_len":null}]}
                """);
        assertThat(run()).isZero();
        assertThat(out.toString())
                .startsWith("vllm at http://127.0.0.1:")
                .containsPattern("version +0.32.0 +/version")
                .containsPattern("models +2 +/v1/models")
                .containsPattern("  tiny, from model, 2048 tokens\\R  french, adapter of tiny, from /a\\R")
                .containsPattern("longest sequence +2048 tokens")
                .containsPattern("sleeping +- not there +/is_sleeping answered 404: only with VLLM_SERVER_DEV_MODE=1")
                .containsPattern("health +ready +/health");
    }

    @Test
    void theVersionsThatTheNamesAllowSpareTheServerQuestions() {
        answers.put("/metrics", "sglang:num_requests_running{name=\"m\"} 1\n");
        assertThat(run()).isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(asked).contains("/get_model_info").doesNotContain("/v1/loads", "/model_info", "/health");
    }

    @Test
    void jsonHoldsTheSame() throws IOException {
        answers.put("/get_server_info", "{\"version\":\"0.4.6\",\"api_key\":\"sk-1\"}");
        assertThat(run("--engine", "sglang", "--cost", "scheduler", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/version/value").asText()).isEqualTo("0.4.6");
        assertThat(json.at("/health/unknown").asText()).isEqualTo("not_asked");
        assertThat(out.toString()).doesNotContain("sk-1");
    }

    @Test
    void aServerThatExposesNoMetricsOfAnEngineNeedsTheEnginesName() {
        answers.put("/metrics", "other 1\n");
        assertThat(run()).isEqualTo(Main.NOT_UNDERSTOOD);
        assertThat(err.toString()).contains("--engine");
    }

    @Test
    void aServerThatIsGoneHasItsExitCode() {
        server.stop(0);
        assertThat(run("--engine", "vllm")).isEqualTo(Main.UNREADABLE);
        assertThat(out.toString()).containsPattern("version +- unreachable");
    }
}
