package io.inferencemetrics.live;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Prometheus server on loopback that scrapes engines once a second. */
final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private final Process process;
    private final URI api;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.api = URI.create("http://127.0.0.1:" + port + "/api/v1/query");
    }

    /** Where the program is; empty where it is not installed. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on the engines, each a job of its own name. */
    static PrometheusServer start(Path program, Path folder, Map<String, SimulatedEngine> engines) throws IOException {
        StringBuilder config =
                new StringBuilder("global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n");
        engines.forEach((job, engine) -> config.append("- {job_name: ")
                .append(job)
                .append(", static_configs: [{targets: ['")
                .append(URI.create(engine.url()).getAuthority())
                .append("']}]}\n"));
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
        int port = freePort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new PrometheusServer(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The result of a query; empty while the server does not answer. */
    Optional<JsonNode> query(String query, OptionalLong millis) throws InterruptedException {
        String at = millis.isEmpty() ? "" : "&time=" + BigDecimal.valueOf(millis.getAsLong(), 3);
        URI uri = URI.create(api + "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + at);
        try {
            String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
            return Optional.of(JSON.readTree(body).at("/data/result"));
        } catch (IOException notUpYet) {
            return Optional.empty();
        }
    }

    /** The number that a query gives; NaN where it gives none. */
    double number(String query, long millis) throws InterruptedException {
        JsonNode result = query(query, OptionalLong.of(millis)).orElseThrow();
        return result.isEmpty() ? Double.NaN : result.get(0).at("/value/1").asDouble(Double.NaN);
    }

    /** One sample that the server has stored. */
    record Sample(long millis, String value) {}

    /** One series as the server has stored it. */
    record Series(Map<String, String> labels, List<Sample> samples) {}

    /** All series of a selector, such as {@code x[5m]}, with their samples. */
    List<Series> series(String selector, long millis) throws InterruptedException {
        List<Series> all = new ArrayList<>();
        for (JsonNode node : query(selector, OptionalLong.of(millis)).orElseThrow()) {
            List<Sample> samples = new ArrayList<>();
            node.get("values")
                    .forEach(pair -> samples.add(new Sample(
                            Math.round(1e3 * pair.get(0).asDouble()),
                            pair.get(1).asText())));
            all.add(new Series(JSON.convertValue(node.get("metric"), STRINGS), samples));
        }
        return all;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
