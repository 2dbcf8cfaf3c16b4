package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.snapshot.EngineVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The engines that can be simulated, one for each version; what each exposes stands in its resource. */
public enum EngineKind {
    /** vLLM 0.32.0. */
    VLLM("vllm", "0.32.0", 8000, "vllm.families", "text/plain; version=1.0.0; charset=utf-8"),
    /** SGLang 0.5.23. */
    SGLANG("sglang", "0.5.23", 30000, "sglang.families", "text/plain; version=0.0.4; charset=utf-8"),
    /** TGI 3.3.7. */
    TGI("tgi", "3.3.7", 3000, "tgi.families", "text/plain; charset=utf-8"),
    /** The simple vLLM body of the documents this project began with. */
    ORIGIN_VLLM("origin-vllm", "0", 8000, "origin-vllm.txt", "text/plain; charset=utf-8"),
    /** The simple SGLang body of the documents this project began with. */
    ORIGIN_SGLANG("origin-sglang", "0", 30000, "origin-sglang.txt", "text/plain; charset=utf-8");

    private final String engine;
    private final EngineVersion version;
    private final int port;
    private final String resource;
    private final String contentType;

    EngineKind(String engine, String version, int port, String resource, String contentType) {
        this.engine = engine;
        this.version = EngineVersion.of(version);
        this.port = port;
        this.resource = resource;
        this.contentType = contentType;
    }

    /**
     * The newest known version of an engine that is not newer than the one asked for.
     *
     * @throws IllegalArgumentException when the engine is unknown or all known versions are newer
     */
    public static EngineKind of(String engine, EngineVersion version) {
        return versions(engine).stream()
                .filter(kind -> kind.version.compareTo(version) <= 0)
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new IllegalArgumentException(engine + " " + version
                        + " is older than what can be simulated; the oldest is "
                        + versions(engine).get(0).version));
    }

    /**
     * What can be simulated of an engine, oldest first, never empty.
     *
     * @throws IllegalArgumentException when the engine is unknown
     */
    public static List<EngineKind> versions(String engine) {
        List<EngineKind> versions = Arrays.stream(values())
                .filter(kind -> kind.engine.equals(engine))
                .sorted(Comparator.comparing(EngineKind::version))
                .toList();
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no engine '" + engine + "' can be simulated; known are " + engines());
        }
        return versions;
    }

    /** The engines that can be simulated. */
    public static List<String> engines() {
        return Arrays.stream(values()).map(EngineKind::engine).distinct().toList();
    }

    /** The engine's identifier, as in the command line. */
    public String engine() {
        return engine;
    }

    /** The version whose names it speaks; 0 where there are no versions. */
    public EngineVersion version() {
        return version;
    }

    /** The port on which the engine is found unless told otherwise. */
    public int port() {
        return port;
    }

    /** What the engine says about its bodies. */
    public String contentType() {
        return contentType;
    }

    /** Starts one. */
    public BodySource open(Setup setup) {
        String text = text();
        return switch (this) {
            case ORIGIN_VLLM, ORIGIN_SGLANG -> now -> text;
            case VLLM -> new Simulation(text, setup, false, new SingleProcessWriter(setup.started()));
            case SGLANG -> new Simulation(text, setup, true, new MultiprocessWriter());
            case TGI -> new Simulation(text, setup, false, new RustWriter(setup.seed()));
        };
    }

    private String text() {
        try (InputStream in = Objects.requireNonNull(EngineKind.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + resource + " from the testkit's jar", e);
        }
    }
}
