package io.inferencemetrics.testkit.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The engines that can be simulated; what each exposes stands in its resource. */
public enum EngineKind {
    /** vLLM 0.32.0. */
    VLLM("vllm.families", "text/plain; version=1.0.0; charset=utf-8"),
    /** SGLang 0.5.23. */
    SGLANG("sglang.families", "text/plain; version=0.0.4; charset=utf-8"),
    /** TGI 3.3.7. */
    TGI("tgi.families", "text/plain; charset=utf-8"),
    /** The simple vLLM body of the documents this project began with. */
    ORIGIN_VLLM("origin-vllm.txt", "text/plain; charset=utf-8"),
    /** The simple SGLang body of the documents this project began with. */
    ORIGIN_SGLANG("origin-sglang.txt", "text/plain; charset=utf-8");

    private final String resource;
    private final String contentType;

    EngineKind(String resource, String contentType) {
        this.resource = resource;
        this.contentType = contentType;
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
