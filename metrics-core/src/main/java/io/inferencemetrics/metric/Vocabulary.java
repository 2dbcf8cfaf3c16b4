package io.inferencemetrics.metric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The vocabularies: what can be asked of each kind of thing that is read. */
public enum Vocabulary {
    /** Of a server of language models: {@link LlmMetrics}. */
    LLM(LlmMetrics.all()),
    /** Of graphics processors and other accelerators: {@link GpuMetrics}. */
    GPU(GpuMetrics.all()),
    /** Of the machine: {@link HostMetrics}. */
    HOST(HostMetrics.all());

    private final List<Metric<?>> metrics;

    Vocabulary(List<Metric<?>> metrics) {
        this.metrics = metrics;
    }

    /** All metrics of the vocabulary, in the order of their declaration. */
    public List<Metric<?>> metrics() {
        return metrics;
    }

    /** How catalogues write the vocabulary: {@code llm}, {@code gpu}, {@code host}. */
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The vocabulary that catalogues write so. */
    public static Optional<Vocabulary> ofSymbol(String symbol) {
        return Stream.of(values()).filter(v -> v.symbol().equals(symbol)).findFirst();
    }

    /** The metric of any vocabulary with this name, such as {@code requests.running} or {@code gpu.power}. */
    public static Optional<Metric<?>> named(String name) {
        return LlmMetrics.named(name).or(() -> GpuMetrics.named(name)).or(() -> HostMetrics.named(name));
    }
}
