package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.spi.LocalSource;
import io.inferencemetrics.spi.LocalTransport;
import java.util.Map;
import java.util.Optional;

/** The GPUs of this machine through nvidia-smi. */
public final class SmiSource implements LocalSource {

    /** Names another program than the nvidia-smi of the path. */
    static final String PROPERTY = "io.inferencemetrics.nvml.nvidia-smi";

    private static final long INTERVAL_MILLIS = 1_000;

    private final String program;
    private final long intervalMillis;
    private final Map<String, String> environment;

    /** Through the nvidia-smi of the path. */
    public SmiSource() {
        this(System.getProperty(PROPERTY, "nvidia-smi"), INTERVAL_MILLIS, System.getenv());
    }

    SmiSource(String program, long intervalMillis, Map<String, String> environment) {
        this.program = program;
        this.intervalMillis = intervalMillis;
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
    public LocalTransport open(String selection) {
        return new SmiTransport(program, intervalMillis, Selection.parse(selection, environment));
    }
}
