package io.inferencemetrics.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.catalog.Question.Cost;
import io.inferencemetrics.snapshot.EngineVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

/** What the engines of {@code live} answered, on a machine of ours, each started with a key. */
class RealAnswersTest {
    @StartStop
    private final MockWebServer web = new MockWebServer();

    static String body(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RealAnswersTest.class.getResourceAsStream("/real/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ServerIdentity ask(Identities engine, FakeServer server) {
        web.setDispatcher(server);
        return engine.ask("localhost:" + web.getPort());
    }

    private static Model model(String id, String root, long length) {
        return new Model(id, Optional.empty(), Optional.of(root), OptionalLong.of(length));
    }

    @Test
    void vllm() throws IOException {
        ServerIdentity id = ask(
                Identities.of("vllm"),
                new FakeServer()
                        .json("/version", body("vllm-0.32.0-version.json"))
                        .json("/v1/models", body("vllm-0.32.0-models.json")));
        assertThat(id.version().optional()).hasValue(EngineVersion.of("0.32.0"));
        assertThat(id.models().optional()).hasValue(List.of(model("tiny", "model", 2048)));
        assertThat(id.maxLength().optional()).hasValue(2048L);
    }

    @Test
    void vllmWithAnAdapter() throws IOException {
        ServerIdentity id =
                ask(Identities.of("vllm"), new FakeServer().json("/v1/models", body("vllm-0.32.0-lora-models.json")));
        assertThat(id.models().optional())
                .hasValue(List.of(
                        model("tiny", "model", 2048),
                        new Model(
                                "french", Optional.of("tiny"), Optional.of("/adapters/french"), OptionalLong.empty())));
    }

    @Test
    void sglang() throws IOException {
        ServerIdentity id = ask(
                Identities.of("sglang"),
                new FakeServer()
                        .json("/v1/loads", body("sglang-0.5.23-loads.json"))
                        .json("/v1/models", body("sglang-0.5.23-models.json"))
                        .status("/ready", 200));
        assertThat(id.version().optional()).hasValue(EngineVersion.of("0.5.23"));
        assertThat(id.models().optional()).hasValue(List.of(model("tiny", "tiny", 2048)));
        assertThat(id.maxLength().optional()).hasValue(2048L);
        assertThat(id.health().optional()).hasValue(Health.READY);
    }

    @Test
    void sglangOnDemandAndWithoutItsList() throws IOException {
        ServerIdentity id = ask(
                Identities.of("sglang").upTo(Cost.SCHEDULER),
                new FakeServer()
                        .json("/server_info", body("sglang-0.5.23-server_info.json"))
                        .json("/model_info", body("sglang-0.5.23-model_info.json")));
        assertThat(id.version()).isEqualTo(new Fact.Known<>(EngineVersion.of("0.5.23"), "/server_info"));
        assertThat(id.models().optional().orElseThrow()).extracting(Model::id).containsExactly("model");
        assertThat(id.toString()).doesNotContain("sk-");
    }

    @Test
    void llamacpp() throws IOException {
        ServerIdentity id = ask(
                Identities.of("llamacpp"),
                new FakeServer()
                        .json("/props", body("llamacpp-0c1e570-props.json"))
                        .json("/v1/models", body("llamacpp-0c1e570-models.json")));
        assertThat(id.version().optional()).hasValue(EngineVersion.of("1-0c1e570"));
        assertThat(id.models().optional().orElseThrow()).extracting(Model::id).containsExactly("tiny");
        assertThat(id.maxLength().optional()).hasValue(2048L);
        assertThat(id.sleeping().optional()).hasValue(false);
    }

    @Test
    void theLoadOfABusySglangTellsItsVersion() throws IOException {
        Path loads = shared().resolve("captures/live/sglang-0.5.23-v1-loads.json");
        assumeTrue(Files.exists(loads), "no " + loads);
        ServerIdentity id = ask(Identities.of("sglang"), new FakeServer().json("/v1/loads", Files.readString(loads)));
        assertThat(id.version().optional()).hasValue(EngineVersion.of("0.5.23"));
    }

    private static Path shared() {
        Optional<Path> given =
                Optional.ofNullable(System.getenv("INFERENCE_METRICS_SHARED")).map(Path::of);
        Optional<Path> found = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve("shared"))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(given.or(() -> found).isPresent(), "no folder 'shared' beside the checkout");
        return given.or(() -> found).orElseThrow();
    }
}
