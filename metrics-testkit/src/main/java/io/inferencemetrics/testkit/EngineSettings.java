package io.inferencemetrics.testkit;

import io.inferencemetrics.testkit.internal.EngineKind;
import io.inferencemetrics.testkit.internal.Variant;
import io.inferencemetrics.testkit.internal.Variant.Setting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** What a simulated engine is, set before it runs. Guarded by the engine's own lock. */
abstract sealed class EngineSettings permits SimulatedEngine {
    private static final int MAX_RANKS = 64;

    long seed = 1;
    InstantSource clock = InstantSource.system();
    String modelName = "simulated-8b";
    Duration uptime = Duration.ofMinutes(10);
    boolean jsonString;
    Variant variant = Variant.PLAIN;

    /** Decides what chance decides: lengths, arrivals, durations. 1 unless set. */
    public synchronized SimulatedEngine seed(long value) {
        requireFresh();
        seed = value;
        return self();
    }

    /** What time it is for the engine; the system's clock unless set. Going back in time changes nothing. */
    public synchronized SimulatedEngine clock(InstantSource value) {
        requireFresh();
        clock = Objects.requireNonNull(value, "clock");
        return self();
    }

    /**
     * The model's name in labels; {@code simulated-8b} unless set. TGI names no model.
     *
     * @throws IllegalArgumentException when it holds control characters
     */
    public synchronized SimulatedEngine modelName(String value) {
        requireFresh();
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a model name without control characters was expected");
        }
        modelName = value;
        return self();
    }

    /**
     * How long the engine has been up when its first body is asked for; 10 minutes unless set. With zero it is fresh: no
     * request has come yet.
     *
     * @throws IllegalArgumentException when negative
     */
    public synchronized SimulatedEngine uptime(Duration value) {
        requireFresh();
        if (value.isNegative()) {
            throw new IllegalArgumentException("an uptime of zero or more was expected, not " + value);
        }
        uptime = value;
        return self();
    }

    /**
     * Sends each body as one JSON string under {@code application/json}, as servers do that return the text from a web
     * framework made for JSON.
     */
    public synchronized SimulatedEngine asJsonString() {
        requireFresh();
        jsonString = true;
        return self();
    }

    /**
     * So many data-parallel engines, each with requests of its own, as many as one would have alone; 1 unless set. vLLM 0.8
     * and later, SGLang 0.5.
     *
     * @param engines 1 to 64
     * @throws IllegalArgumentException when out of range, or when this engine's metrics do not show it
     */
    public SimulatedEngine dataParallel(int engines) {
        return set(Setting.DATA_PARALLEL, variant -> variant.withDataParallel(ranks(engines)));
    }

    /**
     * So many processes that work on the same requests; 1 unless set. SGLang 0.5, where those after the first report only
     * some of what they know.
     *
     * @param processes 1 to 64
     * @throws IllegalArgumentException when out of range, or when this engine's metrics do not show it
     */
    public SimulatedEngine tensorParallel(int processes) {
        return set(Setting.TENSOR_PARALLEL, variant -> variant.withTensorParallel(ranks(processes)));
    }

    /**
     * So many processes of which each is a data-parallel and a tensor-parallel rank at once, as with
     * {@code --enable-dp-attention}. SGLang 0.5.
     *
     * @param processes 1 to 64
     * @throws IllegalArgumentException when out of range, or when this engine's metrics do not show it
     */
    public SimulatedEngine attentionParallel(int processes) {
        return set(Setting.ATTENTION_PARALLEL, variant -> variant.withAttentionParallel(ranks(processes)));
    }

    /**
     * All tensor-parallel processes report everything, as with {@code --enable-metrics-for-all-schedulers}. SGLang 0.5.
     *
     * @throws IllegalArgumentException when this engine's metrics do not show it
     */
    public SimulatedEngine allSchedulers() {
        return set(Setting.ALL_SCHEDULERS, variant -> variant.withAllSchedulers());
    }

    /**
     * Several API servers, as with {@code --api-server-count}. vLLM 0.8 and later.
     *
     * @throws IllegalArgumentException when this engine's metrics do not show it
     */
    public SimulatedEngine multiProcess() {
        return set(Setting.MULTI_PROCESS, variant -> variant.withMultiProcess());
    }

    /**
     * The front end written in Rust, as with {@code SGLANG_RUST_SERVER=1}. SGLang 0.5.
     *
     * @throws IllegalArgumentException when this engine's metrics do not show it
     */
    public SimulatedEngine rustFrontEnd() {
        return set(Setting.RUST_FRONT_END, variant -> variant.withRustFrontEnd());
    }

    /**
     * LoRA adapters that clients ask for in turn. vLLM 0.8 and later.
     *
     * @throws IllegalArgumentException when this engine's metrics do not show it
     */
    public SimulatedEngine loras(String... adapters) {
        return set(Setting.LORAS, variant -> variant.withLoras(List.of(adapters)));
    }

    /**
     * Which share of clients goes away before its answer is whole; 0.02 unless set.
     *
     * @param share 0 to 0.99
     * @throws IllegalArgumentException when out of range, or when this engine's metrics do not show it
     */
    public SimulatedEngine hangUps(double share) {
        if (!(share >= 0 && share <= 0.99)) {
            throw new IllegalArgumentException("a share of 0 to 0.99 was expected, not " + share);
        }
        return set(Setting.HANG_UPS, variant -> variant.withHangUps(share));
    }

    private synchronized SimulatedEngine set(Setting setting, UnaryOperator<Variant> change) {
        requireFresh();
        kind().require(setting);
        variant = change.apply(variant);
        return self();
    }

    abstract EngineKind kind();

    abstract SimulatedEngine self();

    /** @throws IllegalStateException when it runs */
    abstract void requireFresh();

    private static int ranks(int number) {
        if (number < 1 || number > MAX_RANKS) {
            throw new IllegalArgumentException("1 to " + MAX_RANKS + " were expected, not " + number);
        }
        return number;
    }
}
