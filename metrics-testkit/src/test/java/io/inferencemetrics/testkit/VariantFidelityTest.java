package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other versions and set-ups beside genuine bodies, as {@link FormatFidelityTest} does it for the usual ones. */
class VariantFidelityTest {
    private static final Map<String, String> TOKEN_BOUNDS = Map.of(
            "lines vllm:request_(prompt|generation|max_num_generation|params_max|prefill_kv_computed)_?tokens",
            "bounds end at the model's maximum length, which is another one");

    private static final Map<String, String> TOKEN_BOUNDS_OF_0_11 = Map.of(
            "lines vllm:request_(prompt|generation|max_num_generation|params_max)_tokens",
            "bounds end at the model's maximum length, which is another one");

    private static final Map<String, String> VLLM = Map.of(
            "values vllm:cache_config_info (block_size|effective_attention_block_size|num_gpu_blocks|kv_cache_.*)",
            "a GPU here, a CPU with blocks of 128 tokens there");

    private static final Map<String, String> SGLANG = Map.of(
            "only here sglang:(evicted_tokens_total|eviction_duration_seconds)",
            "the cache there was not full yet",
            "order",
            "files of processes in the order of a directory; each of the genuine bodies has another one",
            "values sglang:cuda_graph_passes_total mode",
            "a GPU decodes in CUDA graphs, the CPU there had none",
            "values sglang:num_(paused|retracted)_reqs pid",
            "other processes");

    private static final Map<String, String> PYTHON_SGLANG = Map.of(
            "only there sglang:get_loads_duration_seconds",
            "appears with the first GET /v1/loads",
            "values sglang:http_.* (endpoint|status_code)",
            "clients there used other routes");

    private static final Map<String, String> DCGM = Map.of(
            "values DCGM_.* (Hostname|UUID|modelName|pci_bus_id|DCGM_FI_DRIVER_VERSION)",
            "another GPU in another host");

    @Test
    void aVllmWithItsV0EngineBeforeItsFirstRequest() throws IOException {
        SimulatedEngine engine = SimulatedEngine.vllm("0.6")
                .idle()
                .uptime(Duration.ZERO)
                .modelName("/gpfs/scratch/bsc98/bsc098069/llm_benchmarking/models/llama/llama-2-7b");

        Fidelity.assertDifferences(
                engine,
                "vllm-0.6.x-v0-llama-2-7b-before-first-request.txt",
                Map.of(
                        "only there vllm:(model_forward|scheduler)_total_time",
                        "the authors' own additions; no release has them",
                        "values vllm:cache_config_info (enable_prefix_caching|num_cpu_blocks|num_gpu_blocks)",
                        "another GPU, and caching switched on"));
    }

    @Test
    void anIdleVllmThatIsAnEarlyV1() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.vllm("0.11").idle().modelName("Qwen/Qwen3-0.6B"),
                "vllm-0.11.0-v1-idle-qwen3-0.6b.txt",
                Fidelity.all(
                        TOKEN_BOUNDS_OF_0_11,
                        Map.of(
                                "(lines|only there) http_.*",
                                "the one there had been asked for its models",
                                "values python_info (patchlevel|version)",
                                "another Python",
                                "values vllm:cache_config_info (gpu_memory_utilization|num_gpu_blocks)",
                                "another GPU")));
    }

    @Test
    void aBusyVllmBetweenTheTwo() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.vllm("0.16").busy().modelName("tiny"),
                "vllm-0.16.0-busy-1.txt",
                Fidelity.all(
                        TOKEN_BOUNDS,
                        Map.of(
                                "values http_requests_.* status",
                                "none there was refused",
                                "values vllm:cache_config_info (block_size|cpu_.*|gpu_memory_utilization|num_gpu_blocks)",
                                "a GPU here, a CPU there")));
    }

    @Test
    void twoDataParallelVllms() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.vllm().busy().dataParallel(2).modelName("tiny"),
                "vllm-0.32.0-dp2-busy.txt",
                Fidelity.all(
                        VLLM, TOKEN_BOUNDS, Map.of("values http_requests_total status", "none there was refused")));
    }

    @Test
    void aVllmWithAdapters() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.vllm().busy().loras("ada1", "ada2").modelName("tiny"),
                "vllm-0.32.0-lora-busy.txt",
                Fidelity.all(
                        VLLM,
                        TOKEN_BOUNDS,
                        Map.of(
                                "values http_requests_.* status",
                                "none there was refused",
                                "values vllm:lora_requests_info (running|waiting)_lora_adapters",
                                "one adapter there")));
    }

    @Test
    void anSglangOf2024() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.sglang("0.3.5").busy().modelName("google/gemma-2-9b-it"),
                "sglang-0.3.5-docs-gemma2-9b.txt",
                Map.of());
    }

    @Test
    void anSglangWithTheLaterLabel() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.sglang("0.4").busy().modelName("meta-llama/Llama-3.1-8B-Instruct"),
                "sglang-0.4.0-docs-llama3.1-8b-light.txt",
                Map.of());
    }

    @Test
    void twoDataParallelSglangs() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.sglang().busy().dataParallel(2).modelName("tiny"),
                "sglang-0.5.23-dp2-busy.txt",
                Fidelity.all(SGLANG, PYTHON_SGLANG));
    }

    @Test
    void twoTensorParallelSglangsThatBothReport() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.sglang()
                        .busy()
                        .tensorParallel(2)
                        .allSchedulers()
                        .modelName("tiny"),
                "sglang-0.5.23-tp2-all-schedulers-busy.txt",
                Fidelity.all(SGLANG, PYTHON_SGLANG));
    }

    @Test
    void anSglangWithTheFrontEndInRust() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.sglang().busy().rustFrontEnd().modelName("tiny"),
                "sglang-0.5.23-rust-front-end-busy.txt",
                SGLANG);
    }

    @ParameterizedTest
    @CsvSource({
        "0, llamacpp-0c1e570-idle.txt",
        "1, llamacpp-0c1e570-busy.txt",
        "1, llamacpp-0c1e570-after.txt",
        "1, llamacpp-b10809-2026-09.txt"
    })
    void aLlamaCppServerDiffersInNothing(double requestsPerSecond, String file) throws IOException {
        Fidelity.assertDifferences(SimulatedEngine.llamaCpp().requestsPerSecond(requestsPerSecond), file, Map.of());
    }

    @ParameterizedTest
    @CsvSource({"dcgm-exporter-4.x-k8s-kops.txt", "dcgm-exporter-4.x-k8s-upcloud.txt"})
    void aDcgmExporterForACardWithoutLinks(String file) throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.dcgmExporter(),
                file,
                Fidelity.all(
                        DCGM,
                        Map.of(
                                "only here DCGM_FI_DEV_(NVLINK_BANDWIDTH_TOTAL|XID_ERRORS)",
                                "the card there has no links, the driver there reports no errors")));
    }

    @Test
    void aDcgmExporterBesideKubernetes() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.dcgmExporter(),
                "dcgm-exporter-4.4-k8s-pod-labels-linode.txt",
                Map.of(
                        "values DCGM_.* (Hostname|UUID|modelName|pci_bus_id)",
                        "another GPU in another host",
                        "lines DCGM_.*",
                        "labels of container, namespace and pod there"));
    }

    @Test
    void aDcgmExporterForACardThatCannotBeProfiled() throws IOException {
        Fidelity.assertDifferences(
                SimulatedEngine.dcgmExporter(),
                "dcgm-exporter-rtx4090-driver580-2026.txt",
                Fidelity.all(DCGM, Map.of("only here DCGM_FI_PROF_.*", "the driver gives them only for larger cards")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vllm     | 0.6    | vllm-0.6.x-v0-llama-2-7b-before-first-request.txt",
                "vllm     | 0.11   | vllm-0.11.0-v1-idle-qwen3-0.6b.txt",
                "vllm     | 0.16   | vllm-0.16.0-busy-1.txt",
                "vllm     | 0.32   | vllm-0.32.0-busy-1.txt",
                "sglang   | 0.3.5  | sglang-0.3.5-docs-gemma2-9b.txt",
                "sglang   | 0.4    | sglang-0.4.0-docs-llama3.1-8b-light.txt",
                "sglang   | 0.5    | sglang-0.5.23-busy-1.txt",
                "llamacpp | 10809  | llamacpp-0c1e570-after.txt",
                "dcgm     | 4.4.1  | dcgm-exporter-4.x-k8s-kops.txt"
            })
    void numbersAreWrittenAsTheOriginalWritesThem(String engine, String version, String file) throws IOException {
        Pattern python =
                Pattern.compile("NaN|[+-]Inf|-?\\d{1,16}\\.\\d+|\\d(\\.\\d+)?e(-\\d\\d|\\+0\\d+)|\\d\\.\\d+e-\\d\\d");
        Pattern number = switch (engine) {
            case "llamacpp" ->
                Pattern.compile("(?=(\\D*\\d){1,10}$)\\d{1,6}(\\.\\d{1,9})?|\\d(\\.\\d{1,5})?e[+-]\\d\\d");
            case "dcgm" -> Pattern.compile("\\d+(\\.\\d{6})?");
            default -> python;
        };

        assertThat(Fidelity.text(file)
                        .lines()
                        .filter(VariantFidelityTest::isSample)
                        .map(VariantFidelityTest::value))
                .allMatch(value -> number.matcher(value).matches());
        assertThat(SimulatedEngine.of(engine, version)
                        .busy()
                        .uptime(Duration.ofHours(1))
                        .clock(new ManualClock())
                        .metricsText()
                        .lines()
                        .filter(VariantFidelityTest::isSample)
                        .map(VariantFidelityTest::value))
                .allMatch(value -> number.matcher(value).matches());
    }

    private static boolean isSample(String line) {
        return !line.isEmpty() && line.charAt(0) != '#';
    }

    private static String value(String sample) {
        return sample.substring(sample.lastIndexOf(' ') + 1);
    }
}
