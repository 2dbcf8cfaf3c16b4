package io.inferencemetrics.doctor;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which engine a server says it is, where its metrics do not.
 *
 * <p>Asked are answers that cost the server nothing. {@code /health} is not: SGLang generates a token for it.
 *
 * @param engine the id of the engine; empty for another server that speaks OpenAI's protocol
 * @param title its name for people
 */
record Identity(Optional<String> engine, String title) {
    private static final Pattern OWNER = Pattern.compile("\"owned_by\"\\s*:\\s*\"([^\"]{1,40})\"");
    private static final Pattern VERSION = Pattern.compile("^\\{\\s*\"version\"\\s*:\\s*\"\\d");
    private static final Map<String, Identity> OWNERS = Map.of(
            "vllm", new Identity(Optional.of("vllm"), "vLLM"),
            "sglang", new Identity(Optional.of("sglang"), "SGLang"),
            "llamacpp", new Identity(Optional.of("llamacpp"), "llama.cpp"),
            "tgi", new Identity(Optional.of("tgi"), "TGI"),
            "tensorrt_llm", new Identity(Optional.of("trtllm"), "TensorRT-LLM"),
            "nvidia", new Identity(Optional.empty(), "NVIDIA Dynamo's front end"));

    boolean is(String id) {
        return engine.filter(id::equals).isPresent();
    }

    /** Asks until the server is known. */
    static Optional<Identity> of(Examination examination) {
        Optional<Identity> owner = examination.aside("/v1/models").flatMap(Identity::byOwner);
        if (owner.isPresent()) {
            return owner.filter(Identity::isKnown)
                    .or(() -> byTgisInfo(examination))
                    .or(() -> owner);
        }
        return examination
                .aside("/get_model_info")
                .flatMap(Identity::bySglangsModelInfo)
                .or(() -> examination.aside("/version").flatMap(Identity::byVersion))
                .or(() -> byTgisInfo(examination));
    }

    private boolean isKnown() {
        return OWNERS.containsValue(this);
    }

    /** TGI names its model as the owner, or has no list of models; its server of embeddings answers much the same. */
    private static Optional<Identity> byTgisInfo(Examination examination) {
        return examination
                .aside("/info")
                .filter(info -> info.succeeded() && info.says("\"docker_label\"") && info.says("\"max_total_tokens\""))
                .flatMap(info -> Optional.ofNullable(OWNERS.get("tgi")));
    }

    private static Optional<Identity> byOwner(Exchange models) {
        Matcher owner = OWNER.matcher(models.start());
        if (!models.succeeded() || !owner.find()) {
            return Optional.empty();
        }
        String name = Words.line(owner.group(1));
        return Optional.of(OWNERS.getOrDefault(
                name.toLowerCase(Locale.ROOT),
                new Identity(Optional.empty(), "a server that speaks OpenAI's protocol (owned_by " + name + ")")));
    }

    /** With {@code --api-key} SGLang answers 401, where other engines know of no such path. */
    private static Optional<Identity> bySglangsModelInfo(Exchange info) {
        boolean sglang = info.succeeded() ? info.says("\"model_path\"") : info.status() == 401;
        return sglang ? Optional.ofNullable(OWNERS.get("sglang")) : Optional.empty();
    }

    private static Optional<Identity> byVersion(Exchange version) {
        boolean vllm = version.succeeded() && VERSION.matcher(version.start()).find();
        return vllm ? Optional.ofNullable(OWNERS.get("vllm")) : Optional.empty();
    }
}
