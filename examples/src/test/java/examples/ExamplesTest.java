package examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.inferencemetrics.testkit.SimulatedEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example against a simulated engine and looks at what it prints. */
class ExamplesTest {
    private static final String NUMBER = "[0-9]+\\.[0-9]+";

    @TempDir
    private Path folder;

    private interface Example {
        void main(String[] arguments) throws Exception;
    }

    private static void expect(String pattern, Example example, SimulatedEngine engine) throws Exception {
        try (SimulatedEngine serving = engine.busy().start()) {
            expect(pattern, example, serving.url());
        }
    }

    private static void expect(String pattern, Example example, String address) throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            example.main(new String[] {address});
        } finally {
            System.setOut(console);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(
                Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).find(),
                () -> pattern + " was expected in:\n" + text);
    }

    private String body(String text) throws IOException {
        return "file:" + Files.writeString(folder.resolve("body.txt"), text);
    }

    @Test
    void readOneServer() throws Exception {
        expect("^running +" + NUMBER + "$", ReadOneServer::main, SimulatedEngine.vllm());
        expect("^mean first token +" + NUMBER + " s$", ReadOneServer::main, SimulatedEngine.vllm());
        expect("from vllm:kv_cache_usage_perc, EXACT$", ReadOneServer::main, SimulatedEngine.vllm());
    }

    @Test
    void pollOneServer() throws Exception {
        expect(
                "(^in flight " + NUMBER + " \\+ " + NUMBER + "\\R){5}",
                PollOneServer::main,
                SimulatedEngine.sglang());
    }

    @Test
    void detectTheEngine() throws Exception {
        expect("^TGI .*with " + NUMBER + " waiting$", DetectTheEngine::main, SimulatedEngine.tgi());
        expect("^DCGM, which no module here reads$", DetectTheEngine::main, body("DCGM_FI_DEV_GPU_TEMP 40\n"));
    }

    @Test
    void readTheGpus() throws Exception {
        expect("^power of all " + NUMBER + " W$", ReadTheGpus::main, SimulatedEngine.dcgmExporter(2));
        expect("(^NVIDIA .*: busy " + NUMBER + ", .*\\R){2}", ReadTheGpus::main, SimulatedEngine.dcgmExporter(2));
    }

    @Test
    void joulesForAToken() throws Exception {
        try (SimulatedEngine exporter = SimulatedEngine.dcgmExporter(2).busy().start()) {
            Example onThoseGpus = arguments -> JoulesForAToken.main(new String[] {arguments[0], exporter.url()});
            expect(
                    "^all GPUs are .*\\Rjoules for a token " + NUMBER + "\\R(GPU-.* by COUNTER\\R){2}",
                    onThoseGpus,
                    SimulatedEngine.vllm());
        }
    }

    @Test
    void coverageReport() throws Exception {
        expect("^absent +latency.ttft: NOT_EXPOSED", CoverageReport::main, SimulatedEngine.tgi());
    }

    @Test
    void handleFailures() throws Exception {
        expect("^running " + NUMBER + "$", HandleFailures::main, SimulatedEngine.vllm());
        expect("^Somebody has to look at the address.$", HandleFailures::main, SimulatedEngine.tgi());
        expect("^Send requests elsewhere", HandleFailures::main, "http://127.0.0.1:1");
    }

    @Test
    void snapshotToJson() throws Exception {
        expect("^\\{.*\"requests.running\".*\\}$", SnapshotToJson::main, SimulatedEngine.vllm());
        expect("^waiting " + NUMBER + "$", SnapshotToJson::main, SimulatedEngine.vllm());
    }

    @Test
    void yourOwnEngine() throws Exception {
        expect("^running 3.0$", YourOwnEngine::main, body("yours_active 3\n"));
    }

    @Test
    void yourOwnRows() throws Exception {
        expect("^running 4.0$", YourOwnRows::main, body("vllm:active_requests 4\nvllm:num_requests_running 0\n"));
    }
}
