package io.inferencemetrics.doctor;

import java.util.List;

/**
 * Something that has metrics beside the engines, and is taken for one.
 *
 * @param title its name, with its article
 * @param router whether it stands before the engines, rather than beside them
 * @param remedy where the engine's metrics are
 * @param prefixes of its names
 */
record Stranger(String title, boolean router, String remedy, List<String> prefixes) {
    private static final String EACH_ENGINE = "read /metrics of each engine behind it";

    /** All that are known, a line each. */
    static final List<Stranger> KNOWN = List.of(
            before("SGLang's router", "sgl_router_", "sglang_router_", "smg_"),
            before(
                    "llm-d's endpoint picker",
                    "llm_d_epp_",
                    "llm_d_router_",
                    "llm_d_inference_scheduler_",
                    "inference_extension_",
                    "inference_objective_",
                    "inference_model_",
                    "inference_pool_"),
            new Stranger(
                    "NVIDIA Dynamo",
                    true,
                    "read the workers at their DYN_SYSTEM_PORT, where their engine's metrics are too",
                    List.of("dynamo_")),
            before("LiteLLM", "litellm_"),
            before("Kthena's router", "kthena_"),
            before("AIBrix's gateway", "aibrix_"),
            before("nginx", "nginx_"),
            before("Envoy", "envoy_"),
            before("Istio", "istio_"),
            before("HAProxy", "haproxy_"),
            before("Traefik", "traefik_"),
            before("Kong", "kong_"),
            before("Linkerd's proxy", "control_request_", "control_response_"),
            beside("the GPU exporter of DCGM", "DCGM_FI_", "dcgm_"),
            beside("an exporter of nvidia-smi", "nvidia_smi_"),
            beside("AWS Neuron's monitor", "neuroncore_", "neuron_runtime_", "neuron_hardware_"),
            beside("an LMCache server", "lmcache_mp_"),
            beside("the node exporter", "node_"),
            beside("cAdvisor", "container_"),
            new Stranger(
                    "Ray itself",
                    false,
                    "read the metrics of the replicas, whose names begin ray_vllm, or the engine's own port",
                    List.of("ray_")),
            beside("Triton", "nv_inference_", "nv_gpu_"),
            beside("TorchServe", "ts_inference_", "PredictionTime", "HandlerTime"),
            beside("BentoML", "bentoml_"));

    private static Stranger before(String title, String... prefixes) {
        return new Stranger(title, true, EACH_ENGINE, List.of(prefixes));
    }

    private static Stranger beside(String title, String... prefixes) {
        return new Stranger(title, false, "give the port of the engine itself", List.of(prefixes));
    }

    /** Whether one of the names is its. */
    boolean wrote(List<String> names) {
        return names.stream().anyMatch(name -> prefixes.stream().anyMatch(name::startsWith));
    }
}
