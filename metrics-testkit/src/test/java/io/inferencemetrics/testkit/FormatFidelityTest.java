package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.testkit.contract.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulated bodies beside genuine ones: each difference that remains is listed here with its reason, and no other may
 * exist. Help texts, which are our own, and numbers are not compared.
 */
class FormatFidelityTest {
    /** Differences of vLLM, as patterns, and why they are there. */
    private static final Map<String, String> VLLM = Map.of(
            "lines vllm:request_(prompt|generation|max_num_generation|params_max|prefill_kv_computed)_?tokens",
            "bounds end at the model's maximum length: 2,048 there, 32,768 here; the common ones have a test below",
            "values vllm:cache_config_info (block_size|effective_attention_block_size|num_gpu_blocks|kv_cache_.*)",
            "a GPU here, a CPU with blocks of 128 tokens there");

    /** More of them once clients have come. */
    private static final Map<String, String> BUSY_VLLM = Map.of(
            "values http_.* (handler|method|status)",
            "clients there also asked for the list of models; none of their requests was refused");

    private static final Map<String, String> SGLANG = Map.of(
            "values sglang:cuda_graph_passes_total mode", "a GPU decodes in CUDA graphs, the CPU there had none",
            "values sglang:num_(paused|retracted)_reqs pid", "another process",
            "values sglang:http_.* (endpoint|status_code)", "clients there used other routes, and looked for old ones");

    private static final Map<String, String> BUSY_SGLANG = Map.of(
            "only there sglang:get_loads_duration_seconds",
            "appears with the first GET /v1/loads, which is not served here");

    /** The only full TGI body here was put together by hand from the source. */
    private static final Map<String, String> TGI = Map.of(
            "order",
            "a new random order at every scrape is what the exporter does; the one there is tidy",
            "lines tgi_request_(generated_tokens|input_length|max_new_tokens)",
            "bounds there are written as Python does, 2048.0; Rust writes 2048, as genuine bodies of TGI have it",
            "only here tgi_batch_(concat|concat_duration|decode_duration|filter_duration|max_total_tokens|next_size)",
            "left out there; in the catalogue of TGI 3.3.7",
            "only here tgi_request_skipped_tokens",
            "left out there; in the catalogue of TGI 3.3.7",
            "values tgi_request_failure err",
            "other failures happened");

    private static BodyShape simulated(SimulatedEngine engine) {
        return Fidelity.simulated(engine.modelName("tiny"));
    }

    private static void assertDifferences(SimulatedEngine engine, String file, Map<String, String> known)
            throws IOException {
        Fidelity.assertDifferences(engine.modelName("tiny"), file, known);
    }

    @Test
    void aBusyVllmIsShapedLikeTheRealOne() throws IOException {
        assertDifferences(SimulatedEngine.vllm().busy(), "vllm-0.32.0-busy-1.txt", Fidelity.all(VLLM, BUSY_VLLM));
    }

    @Test
    void anIdleVllmIsShapedLikeTheRealOne() throws IOException {
        assertDifferences(SimulatedEngine.vllm().idle(), "vllm-0.32.0-idle.txt", VLLM);
    }

    @Test
    void aBusySglangIsShapedLikeTheRealOne() throws IOException {
        assertDifferences(
                SimulatedEngine.sglang().busy(), "sglang-0.5.23-busy-1.txt", Fidelity.all(SGLANG, BUSY_SGLANG));
    }

    @Test
    void anIdleSglangIsShapedLikeTheRealOne() throws IOException {
        Map<String, String> idle = new HashMap<>(SGLANG);
        idle.remove("values sglang:http_.* (endpoint|status_code)");
        idle.put("values sglang:http_.* endpoint", "the one there had been sent /freeze_gc while it started");
        assertDifferences(SimulatedEngine.sglang().idle(), "sglang-0.5.23-idle.txt", idle);
    }

    @Test
    void aBusyTgiIsShapedLikeTheOneAssembledFromItsSource() throws IOException {
        assertDifferences(SimulatedEngine.tgi().busy(), "tgi-3.x-assembled-mock-lss.txt", TGI);
    }

    @Test
    void theBoundsOfVllmsTokenHistogramsAreTheRealOnesAsFarAsThoseGo() throws IOException {
        List<String> real = buckets(Fidelity.genuine("vllm-0.32.0-idle.txt"), "vllm:request_prompt_tokens");
        List<String> ours = buckets(simulated(SimulatedEngine.vllm().idle()), "vllm:request_prompt_tokens");

        assertThat(real).hasSize(11);
        assertThat(ours).startsWith(real.toArray(new String[0]));
    }

    private static List<String> buckets(BodyShape body, String family) {
        return body.lines(family).stream()
                .filter(line -> line.contains("le=") && !line.contains("+Inf"))
                .toList();
    }

    @Test
    void aBusyTgiHasWhatTheCatalogueSaysAndNothingElse() throws IOException {
        Path catalogue = Captures.shared()
                .map(shared -> shared.resolve("catalog/tgi.tsv"))
                .orElse(Path.of("none"));
        assumeTrue(Files.exists(catalogue), "no catalogue beside this checkout");
        BodyShape body = simulated(SimulatedEngine.tgi().requestsPerSecond(100));
        List<String[]> rows = Files.readAllLines(catalogue).stream()
                .filter(row -> row.startsWith("tgi_"))
                .map(row -> row.split("\t"))
                .filter(row -> !row[0].equals("tgi_batch_inference_failure")) // calls to a simulated model never fail
                .toList();

        assertThat(body.names())
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(row -> row[0]).toList());
        for (String[] row : rows) {
            assertThat(body.type(row[0])).as(row[0]).isEqualTo(catalogued(row[1]));
            assertThat(body.lines(row[0])).as(row[0]).hasSize(catalogued(row[1], row[4]));
            String label = row[2].replaceAll("[ (=].*", "");
            String first = body.lines(row[0]).get(0);
            assertThat(first).as(row[0]).contains(label.equals("\u2014") || label.isEmpty() ? "[" : "[" + label);
        }
    }

    private static String catalogued(String type) {
        if (type.contains("SUMMARY")) {
            return "summary";
        }
        return type.contains("histogram") ? "histogram" : type;
    }

    /** Lines of a series by its type and bounds: all buckets with the infinite one, sum and count. */
    private static int catalogued(String type, String bounds) {
        if (!catalogued(type).equals("histogram")) {
            return catalogued(type).equals("summary") ? 7 + 2 : 1;
        }
        int buckets = bounds.contains("1024") ? 1_024 : bounds.contains("1.5^k") ? 35 : 100;
        return buckets + 3;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "tgi"})
    void linesEndAsInTheOriginal(String name) {
        SimulatedEngine engine = switch (name) {
            case "vllm" -> SimulatedEngine.vllm();
            case "sglang" -> SimulatedEngine.sglang();
            default -> SimulatedEngine.tgi();
        };
        String body = engine.clock(new ManualClock()).metricsText();

        assertThat(body).doesNotContain("\r").endsWith(name.equals("tgi") ? "\n\n" : "\n");
        assertThat(body.lines().filter(String::isEmpty).count())
                .isEqualTo(
                        name.equals("tgi")
                                ? body.lines()
                                        .filter(line -> line.startsWith("# TYPE"))
                                        .count()
                                : 0);
    }
}
