package io.inferencemetrics.doctor;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.GpuProvider;
import io.inferencemetrics.spi.LocalSource;
import java.util.Comparator;
import java.util.Optional;

/**
 * What came of reading the GPUs of this machine.
 *
 * @param reader the id of the best way that is installed; empty where there is none
 * @param notTheBest why the best way cannot be taken, in the words of its module
 * @param snapshot what the GPUs say, by the best way that can be taken
 * @param failure why there is no snapshot, in the words of the modules
 */
record GpuReading(
        Optional<String> reader,
        Optional<String> notTheBest,
        Optional<MetricsSnapshot> snapshot,
        Optional<String> failure) {

    /** Reads them once. */
    static GpuReading now() {
        Optional<GpuProvider> best = Collectors.gpus().stream()
                .filter(provider -> provider.local().isPresent())
                .max(Comparator.comparingInt(GpuProvider::priority));
        return best.map(GpuReading::by)
                .orElseGet(() ->
                        new GpuReading(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("none")));
    }

    private static GpuReading by(GpuProvider best) {
        Optional<String> reader = Optional.of(best.id());
        Optional<String> notTheBest = best.local().flatMap(LocalSource::unavailable);
        try (Collector collector = Collectors.forGpu(best.id()).open()) {
            return new GpuReading(reader, notTheBest, Optional.of(collector.collect()), Optional.empty());
        } catch (CollectException e) {
            return new GpuReading(
                    reader,
                    notTheBest,
                    Optional.empty(),
                    Optional.of(notTheBest.orElse(String.valueOf(e.getMessage()))));
        }
    }
}
