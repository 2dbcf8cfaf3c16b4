package io.inferencemetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.Detection;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
    private final StringWriter err = new StringWriter();

    private interface Check {
        void of(String url) throws Exception;
    }

    /** Every text written is told to whoever waits for it. */
    private Writer queue() {
        return new Writer() {
            @Override
            public void write(char[] text, int from, int length) {
                printed.add(new String(text, from, length));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private int run(String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(queue(), true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }

    private void whileServing(Check check, String... args) throws Exception {
        FutureTask<Integer> command = new FutureTask<>(() -> run(args));
        Thread thread = new Thread(command, "simulate");
        thread.start();
        try {
            check.of(url());
        } finally {
            thread.interrupt();
        }
        assertThat(command.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(printed).contains("stopped");
    }

    private String url() throws InterruptedException {
        while (true) {
            String text = printed.poll(30, TimeUnit.SECONDS);
            assertThat(text).as("the address is printed; %s", err).isNotNull();
            if (text.startsWith("serving http://127.0.0.1:")) {
                return text.substring("serving ".length(), text.indexOf("/metrics"));
            }
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private String allPrinted() {
        return String.join("", printed);
    }

    @Test
    void aSimulatedEngineIsServedUntilStopped() throws Exception {
        String[] address = {""};
        whileServing(
                url -> {
                    address[0] = url;
                    Detection detection = Collectors.detect(url);
                    assertThat(detection.engine()).contains("sglang");
                    assertThat(get(url + "/server_info").body()).contains("\"version\":\"0.5.99\"");
                },
                "simulate",
                "sglang",
                "--port",
                "0",
                "--version",
                "0.5.99",
                "--rate",
                "4",
                "--seed",
                "3");
        assertThat(run("detect", address[0])).as("nothing listens any more").isEqualTo(Main.UNREADABLE);
    }

    /** What Ctrl-C does too, which some shells keep from programs in the background. */
    @Test
    void aProcessThatIsToldToEndSaysThatItStopped() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "simulate",
                        "tgi",
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).startsWith("serving http://127.0.0.1:");
            process.toHandle().destroy();
            assertThat(output.lines()).last().isEqualTo("stopped");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anOriginServerAnswersWithAJsonString() throws Exception {
        whileServing(
                url -> {
                    HttpResponse<String> response = get(url + "/metrics");
                    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
                    assertThat(response.body()).startsWith("\"\\nvllm:request_success_total 150\\n");
                },
                "simulate",
                "origin-vllm",
                "--json-string",
                "--port",
                "0");
    }

    @Test
    void aFaultIsNamedAsAnOption() throws Exception {
        whileServing(
                url -> assertThat(get(url + "/metrics").statusCode()).isEqualTo(404),
                "simulate",
                "vllm",
                "--fault",
                "not-found",
                "--port",
                "0");
    }

    @Test
    void theListHasEnginesWithPortsAndVersionsAndFaults() {
        assertThat(run("simulate", "--list")).isZero();
        assertThat(allPrinted())
                .containsPattern("vllm +8000 +.*0.32.0")
                .containsPattern("origin-vllm +8000 ")
                .containsPattern("origin-sglang +30000 ")
                .contains("truncated-body", "connection-refused");
    }

    @Test
    void whatCannotBeSimulatedIsAUsageError() {
        assertThat(run("simulate")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("simulate", "ollama")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("simulate", "vllm", "--fault", "tired")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("simulate", "vllm", "--version", "0.0.1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("simulate", "vllm", "--rate", "-1")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("simulate", "vllm", "--port", "99999")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run("simulate", "vllm", "--slow", "-5ms")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains("--list", "known are", "truncated-body", "older than")
                .contains("--rate: 0 to 1000 was expected, not -1.0")
                .contains("--port: 0 to 65535 was expected, not 99999")
                .contains("'--slow'", "not '-5ms'");
    }

    @Test
    void aTakenPortIsOneSentence() throws Exception {
        whileServing(
                url -> {
                    String port = Integer.toString(URI.create(url).getPort());
                    assertThat(run("simulate", "tgi", "--port", port)).isEqualTo(CommandLine.ExitCode.USAGE);
                    assertThat(err.toString()).contains("could not listen on port " + port);
                },
                "simulate",
                "tgi",
                "--port",
                "0");
    }
}
