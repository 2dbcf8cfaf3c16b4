package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.spi.LocalSource;
import io.inferencemetrics.spi.LocalTransport;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The GPUs of this machine through NVML. */
public final class NvmlSource implements LocalSource {
    private final Supplier<Nvml> library;
    private final Map<String, String> environment;
    private @Nullable Nvml bound;

    /** Through the library of the driver. */
    public NvmlSource() {
        this(Libraries::open, System.getenv());
    }

    NvmlSource(Supplier<Nvml> library, Map<String, String> environment) {
        this.library = library;
        this.environment = environment;
    }

    @Override
    public Optional<String> unavailable() {
        try {
            open(ALL).close();
            return Optional.empty();
        } catch (CollectException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Set<String> extras() {
        return Extra.ids();
    }

    @Override
    public LocalTransport open(String selection) {
        return open(selection, Set.of());
    }

    @Override
    public LocalTransport open(String selection, Set<String> extras) {
        Set<Extra> wanted = Extra.of(extras);
        Known known = new Known(Selection.parse(selection, environment));
        return new NvmlTransport(() -> new Session(() -> NvmlReader.open(bound(), wanted, known)), System::nanoTime);
    }

    /** Bound once: the library stays loaded, and a thread may hang in it while another opens it anew. */
    private synchronized Nvml bound() {
        Nvml known = bound;
        if (known == null) {
            known = library.get();
            bound = known;
        }
        return known;
    }
}
