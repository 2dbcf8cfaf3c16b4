package io.inferencemetrics.testkit.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How an engine is set up, as far as it shows in its metrics.
 *
 * @param dataParallel engines that each take a part of the requests
 * @param tensorParallel processes that work on the same requests
 * @param attentionParallel whether ranks of both kinds are the same processes
 * @param allSchedulers whether every process reports what it knows
 * @param multiProcess whether several processes answer clients
 * @param rustFrontEnd whether the front end is the one written in Rust
 * @param loras names of adapters that clients ask for in turn
 * @param hangUps share of clients that go away, 0 to 1
 */
public record Variant(
        int dataParallel,
        int tensorParallel,
        boolean attentionParallel,
        boolean allSchedulers,
        boolean multiProcess,
        boolean rustFrontEnd,
        List<String> loras,
        double hangUps) {
    /** One process, few clients that go away. */
    public static final Variant PLAIN = new Variant(1, 1, false, false, false, false, List.of(), 0.02);

    /** What can be set, by the name of the method that does. */
    public enum Setting {
        DATA_PARALLEL("dataParallel"),
        TENSOR_PARALLEL("tensorParallel"),
        ATTENTION_PARALLEL("attentionParallel"),
        ALL_SCHEDULERS("allSchedulers"),
        MULTI_PROCESS("multiProcess"),
        RUST_FRONT_END("rustFrontEnd"),
        LORAS("loras"),
        HANG_UPS("hangUps");

        private final String method;

        Setting(String method) {
            this.method = method;
        }

        @Override
        public String toString() {
            return method;
        }
    }

    public Variant {
        loras = List.copyOf(loras);
    }

    /** With so many engines that each take a part of the requests. */
    public Variant withDataParallel(int ranks) {
        return new Variant(ranks, tensorParallel, false, allSchedulers, multiProcess, rustFrontEnd, loras, hangUps);
    }

    /** With so many processes that work on the same requests. */
    public Variant withTensorParallel(int ranks) {
        return new Variant(dataParallel, ranks, false, allSchedulers, multiProcess, rustFrontEnd, loras, hangUps);
    }

    /** With so many processes, each of which is an engine for its own requests and a part of one for the experts. */
    public Variant withAttentionParallel(int ranks) {
        return new Variant(ranks, 1, true, allSchedulers, multiProcess, rustFrontEnd, loras, hangUps);
    }

    /** With every process reporting. */
    public Variant withAllSchedulers() {
        return new Variant(
                dataParallel, tensorParallel, attentionParallel, true, multiProcess, rustFrontEnd, loras, hangUps);
    }

    /** With several processes answering clients. */
    public Variant withMultiProcess() {
        return new Variant(
                dataParallel, tensorParallel, attentionParallel, allSchedulers, true, rustFrontEnd, loras, hangUps);
    }

    /** With the front end written in Rust. */
    public Variant withRustFrontEnd() {
        return new Variant(
                dataParallel, tensorParallel, attentionParallel, allSchedulers, multiProcess, true, loras, hangUps);
    }

    /** With these adapters. */
    public Variant withLoras(List<String> names) {
        return new Variant(
                dataParallel,
                tensorParallel,
                attentionParallel,
                allSchedulers,
                multiProcess,
                rustFrontEnd,
                names,
                hangUps);
    }

    /** With that share of clients going away. */
    public Variant withHangUps(double share) {
        return new Variant(
                dataParallel,
                tensorParallel,
                attentionParallel,
                allSchedulers,
                multiProcess,
                rustFrontEnd,
                loras,
                share);
    }

    /** Whether more than one process writes the front end's metrics; several engines come with several. */
    boolean severalFrontEnds() {
        return multiProcess || dataParallel > 1;
    }

    /** The words that tables of families use in their conditions. */
    Set<String> traits() {
        Set<String> traits = new HashSet<>();
        traits.add(severalFrontEnds() ? "multi" : "single");
        traits.add(rustFrontEnd ? "rust" : "python");
        traits.add(dataParallel > 1 && !attentionParallel ? "replicas" : "no-replicas");
        traits.add(loras.isEmpty() ? "no-lora" : "lora");
        return traits;
    }
}
