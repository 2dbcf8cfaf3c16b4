package io.inferencemetrics.testkit;

import io.inferencemetrics.testkit.internal.Variant;
import io.inferencemetrics.testkit.internal.Variant.Setting;
import java.util.List;
import java.util.function.UnaryOperator;

/** The settings of a simulated engine that say how the server it stands for is set up. */
abstract sealed class VariantSettings permits SimulatedEngine {
    private static final int MAX_RANKS = 64;

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

    /** Takes over the setting. */
    abstract SimulatedEngine set(Setting setting, UnaryOperator<Variant> change);

    private static int ranks(int number) {
        if (number < 1 || number > MAX_RANKS) {
            throw new IllegalArgumentException("1 to " + MAX_RANKS + " were expected, not " + number);
        }
        return number;
    }
}
