package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.testkit.internal.Variant.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The engines that can be simulated, one for each version; what each exposes stands in its resource. */
public enum EngineKind {
    /** vLLM 0.6.6 with its V0 engine. */
    VLLM_0_6("vllm", "0.6.6", 8000, "vllm-v0.families", "text/plain; version=0.0.4; charset=utf-8"),
    /** vLLM 0.8.5 with its V1 engine. */
    VLLM_0_8("vllm", "0.8.5", 8000, "vllm.families", "text/plain; version=0.0.4; charset=utf-8"),
    /** vLLM 0.11.0. */
    VLLM_0_11("vllm", "0.11.0", 8000, "vllm.families", "text/plain; version=1.0.0; charset=utf-8"),
    /** vLLM 0.16.0. */
    VLLM_0_16("vllm", "0.16.0", 8000, "vllm.families", "text/plain; version=1.0.0; charset=utf-8"),
    /** vLLM 0.32.0. */
    VLLM("vllm", "0.32.0", 8000, "vllm.families", "text/plain; version=1.0.0; charset=utf-8"),
    /** SGLang 0.3.5. */
    SGLANG_0_3("sglang", "0.3.5", 30000, "sglang-0.3.families", "text/plain; version=0.0.4; charset=utf-8"),
    /** SGLang 0.4.0. */
    SGLANG_0_4("sglang", "0.4.0", 30000, "sglang-0.4.families", "text/plain; version=0.0.4; charset=utf-8"),
    /** SGLang 0.5.23. */
    SGLANG("sglang", "0.5.23", 30000, "sglang.families", "text/plain; version=0.0.4; charset=utf-8"),
    /** TGI 3.3.7. */
    TGI("tgi", "3.3.7", 3000, "tgi.families", "text/plain; charset=utf-8"),
    /** llama.cpp's server as of autumn 2026. */
    LLAMACPP("llamacpp", "10809", 8080, "llamacpp.families", "text/plain; version=0.0.4"),
    /** dcgm-exporter 4.4. */
    DCGM("dcgm", "4.4.1", 9400, "dcgm.families", "text/plain; charset=utf-8"),
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
     * The newest known version of an engine that is not newer than the one asked for, of which {@code 0.5} stands for the
     * newest 0.5.
     *
     * @throws IllegalArgumentException when the engine is unknown or all known versions are newer
     */
    public static EngineKind of(String engine, EngineVersion version) {
        return versions(engine).stream()
                .filter(kind -> kind.version.compareTo(version) <= 0 || Layout.isOf(kind.version, version.text()))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new IllegalArgumentException(engine + " " + version
                        + " is older than what can be simulated; known are "
                        + versions(engine).stream().map(EngineKind::version).toList()));
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

    /** What it says its version is when this one was asked for: that, or its own where a whole line was meant. */
    public EngineVersion said(EngineVersion asked) {
        return Layout.isOf(version, asked.text()) ? version : asked;
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
        return switch (engine) {
            case "vllm" -> simulation(text, setup, false, true, vllmWriter(setup));
            case "sglang" -> simulation(text, setup, true, false, new MultiprocessWriter(false));
            case "tgi" -> simulation(text, setup, false, false, new RustWriter(setup.seed()));
            case "llamacpp" ->
                simulation(text, setup, false, false, new PlainWriter((family, value) -> NumberText.cpp(value)));
            case "dcgm" -> simulation(text, setup, false, false, new PlainWriter(NumberText::dcgm));
            default -> now -> text;
        };
    }

    private Simulation simulation(String text, Setup setup, boolean warmUp, boolean preempts, BodyWriter writer) {
        Variant variant = setup.variant();
        TrafficShape shape =
                new TrafficShape(setup.requestsPerSecond(), warmUp, variant.hangUps(), preempts, variant.loras());
        return new Simulation(text, version, setup, shape, writer);
    }

    private BodyWriter vllmWriter(Setup setup) {
        boolean single = this != VLLM_0_6 && !setup.variant().severalFrontEnds();
        return single ? new SingleProcessWriter(setup.started()) : new MultiprocessWriter(this != VLLM_0_6);
    }

    /** What can be set and shows in its metrics. */
    public Set<Setting> settings() {
        return switch (this) {
            case VLLM_0_6, SGLANG_0_3, SGLANG_0_4, TGI, LLAMACPP -> Set.of(Setting.HANG_UPS);
            case VLLM_0_8, VLLM_0_11, VLLM_0_16, VLLM ->
                Set.of(Setting.DATA_PARALLEL, Setting.MULTI_PROCESS, Setting.LORAS, Setting.HANG_UPS);
            case SGLANG ->
                Set.of(
                        Setting.DATA_PARALLEL,
                        Setting.TENSOR_PARALLEL,
                        Setting.ATTENTION_PARALLEL,
                        Setting.ALL_SCHEDULERS,
                        Setting.RUST_FRONT_END,
                        Setting.HANG_UPS);
            default -> Set.of();
        };
    }

    /**
     * Refuses a setting that would change nothing.
     *
     * @throws IllegalArgumentException when the setting does not show in its metrics
     */
    public void require(Setting setting) {
        if (!settings().contains(setting)) {
            throw new IllegalArgumentException(setting + " does not show in the metrics of " + engine + " " + version
                    + "; what does is " + settings().stream().sorted().toList());
        }
    }

    private String text() {
        try (InputStream in = Objects.requireNonNull(EngineKind.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + resource + " from the testkit's jar", e);
        }
    }
}
