package io.inferencemetrics.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.UnknownEngineException;
import io.inferencemetrics.catalog.Question;
import io.inferencemetrics.catalog.Question.About;
import io.inferencemetrics.catalog.Question.Cost;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.identity.Fact.Known;
import io.inferencemetrics.identity.Fact.Reason;
import io.inferencemetrics.identity.Fact.Unknown;
import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.snapshot.VersionRange;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {
    private static final String VLLM_MODELS = """
            {"object":"list","data":[
              {"id":"tiny","object":"model","created":1,"owned_by":"vllm","root":"/models/tiny","parent":null,
               "max_model_len":2048,"permission":[{"id":"modelperm-1","allow_sampling":true}]},
              {"id":"french","object":"model","created":1,"owned_by":"vllm","root":"/adapters/french","parent":"tiny",
               "max_model_len":null,"permission":[]}]}
            """;

    @StartStop
    private final MockWebServer web = new MockWebServer();

    private final FakeServer server = new FakeServer();

    @BeforeEach
    void answer() {
        web.setDispatcher(server);
    }

    private String url() {
        return "http://localhost:" + web.getPort();
    }

    private ServerIdentity ask(String engine) {
        return Identities.of(engine).ask(url());
    }

    private static void assertUnknown(Fact<?> fact, Reason reason, String detail) {
        assertThat(fact).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.reason()).isEqualTo(reason);
            assertThat(unknown.detail()).isEqualTo(detail);
        });
    }

    @Test
    void vllmSaysItsVersionItsModelsTheirAdaptersAndItsHealth() {
        server.json("/version", "{\"version\":\"0.20.1.dev5+g1234567\"}")
                .json("/v1/models", VLLM_MODELS)
                .json("/is_sleeping", "{\"is_sleeping\":false}")
                .json("/is_paused", "{\"is_paused\":true}")
                .status("/health", 200);
        ServerIdentity id = ask("vllm");
        assertThat(id.engine()).isEqualTo("vllm");
        assertThat(id.target()).isEqualTo(url() + "/metrics");
        assertThat(id.version()).isEqualTo(new Known<>(EngineVersion.of("0.20.1.dev5+g1234567"), "/version"));
        assertThat(id.models().optional())
                .hasValue(List.of(
                        new Model("tiny", Optional.empty(), Optional.of("/models/tiny"), OptionalLong.of(2048)),
                        new Model(
                                "french", Optional.of("tiny"), Optional.of("/adapters/french"), OptionalLong.empty())));
        assertThat(id.models().optional().orElseThrow())
                .extracting(Model::isAdapter)
                .containsExactly(false, true);
        assertThat(id.maxLength()).isEqualTo(new Known<>(2048L, "/v1/models"));
        assertThat(id.sleeping()).isEqualTo(new Known<>(false, "/is_sleeping"));
        assertThat(id.paused()).isEqualTo(new Known<>(true, "/is_paused"));
        assertThat(id.health()).isEqualTo(new Known<>(Health.READY, "/health"));
        assertThat(server.asked()).doesNotHaveDuplicates();
    }

    @Test
    void whatAServerDoesNotHaveIsUnknownForItselfAlone() {
        server.json("/version", "{\"version\":\"0.7.0\"}")
                .status("/v1/models", 401)
                .status("/health", 503);
        ServerIdentity id = ask("vllm");
        assertThat(id.version().optional()).hasValue(EngineVersion.of("0.7.0"));
        assertUnknown(
                id.models(),
                Reason.NEEDS_TOKEN,
                "/v1/models answered 401: the server wants its API key, or another one");
        assertUnknown(id.sleeping(), Reason.NOT_THERE, "/is_sleeping answered 404: only with VLLM_SERVER_DEV_MODE=1");
        assertThat(id.health().optional()).hasValue(Health.UNHEALTHY);
        assertThat(id.models().optional()).isEmpty();
    }

    @Test
    void theKeyOfARequestGoesWithEveryQuestion() {
        Identities.of("vllm").ask(FetchRequest.to(Target.parse(url())).withBearerToken("t0ken"));
        assertThat(server.authorizations()).isNotEmpty().containsOnly("Bearer t0ken");
    }

    @Test
    void aServerUnderAPathOfAProxyIsAskedThere() {
        server.json("/a/version", "{\"version\":\"0.7.0\"}");
        ServerIdentity id = Identities.of("vllm").ask(url() + "/a/metrics");
        assertThat(id.version().optional()).hasValue(EngineVersion.of("0.7.0"));
        assertThat(server.asked()).allMatch(path -> path.startsWith("/a/"));
    }

    @Test
    void sglangIsNeverAskedWhatRunsAGenerationOrGoesThroughTheScheduler() {
        ServerIdentity id = ask("sglang");
        assertThat(server.asked()).doesNotContain("/health", "/health_generate", "/server_info", "/get_server_info");
        assertUnknown(
                id.version(),
                Reason.NOT_ASKED,
                "/server_info goes through the scheduler, so it is asked only on demand");
        assertUnknown(
                id.health(), Reason.NOT_ASKED, "/health makes the engine generate, so it is asked only on demand");
        assertUnknown(id.sleeping(), Reason.NO_QUESTION, "no endpoint of SGLang is known that says so");
    }

    @Test
    void onDemandMayCostMore() {
        server.json("/get_server_info", "{\"version\":\"0.4.6\"}").status("/health", 200);
        ServerIdentity scheduler = Identities.of("sglang").upTo(Cost.SCHEDULER).ask(url());
        assertThat(scheduler.version().optional()).hasValue(EngineVersion.of("0.4.6"));
        assertThat(server.asked()).doesNotContain("/health");
        ServerIdentity all = Identities.of("sglang").upTo(Cost.GENERATION).ask(url());
        assertThat(all.health().optional()).hasValue(Health.READY);
    }

    @Test
    void endpointsOfOtherVersionsAreLeftAlone() {
        Identities.of("sglang").knownToBe(VersionRange.parse("0.4.9..0.5.5")).ask(url());
        assertThat(server.asked()).contains("/get_model_info").doesNotContain("/model_info", "/v1/loads");
    }

    @Test
    void sglangSaysItsVersionWithItsLoadAndItsAdaptersAmongTheModels() {
        server.json("/v1/loads", "{\"timestamp\":\"2026-11-22T03:17:25+00:00\",\"version\":\"0.5.23\",\"loads\":[]}")
                .json("/v1/models", """
                        {"object":"list","data":[
                         {"id":"tiny","owned_by":"sglang","root":"tiny","parent":null,"max_model_len":2048},
                         {"id":"french","owned_by":"sglang","root":"/a/french","parent":"tiny","max_model_len":null}]}
                        """)
                .status("/ready", 503);
        ServerIdentity id = ask("sglang");
        assertThat(id.version()).isEqualTo(new Known<>(EngineVersion.of("0.5.23"), "/v1/loads"));
        assertThat(id.models().optional().orElseThrow())
                .extracting(Model::isAdapter)
                .containsExactly(false, true);
        assertThat(id.maxLength().optional()).hasValue(2048L);
        assertThat(id.health()).isEqualTo(new Known<>(Health.UNHEALTHY, "/ready"));
    }

    @Test
    void anOldSglangSaysItsModelUnderItsOldName() {
        server.json("/get_model_info", "{\"model_path\":\"Qwen/Qwen3-0.6B\",\"is_generation\":true}");
        assertThat(ask("sglang").models().optional())
                .hasValue(List.of(
                        new Model("Qwen/Qwen3-0.6B", Optional.empty(), Optional.empty(), OptionalLong.empty())));
    }

    @Test
    void tgiSaysAllInOneAnswer() {
        server.json(
                "/info",
                "{\"model_id\":\"bigscience/bloom\",\"max_total_tokens\":4096,\"version\":\"3.3.7\",\"sha\":null}");
        server.status("/health", 503);
        ServerIdentity id = ask("tgi");
        assertThat(id.version().optional()).hasValue(EngineVersion.of("3.3.7"));
        assertThat(id.models().optional().orElseThrow()).extracting(Model::id).containsExactly("bigscience/bloom");
        assertThat(id.maxLength().optional()).hasValue(4096L);
        assertThat(id.health().optional()).hasValue(Health.UNHEALTHY);
        assertThat(server.asked()).containsExactlyInAnyOrder("/info", "/health");
    }

    @Test
    void llamacppSaysWhetherItLoads() {
        server.status("/health", 503).status("/props", 503);
        ServerIdentity id = ask("llamacpp");
        assertThat(id.health().optional()).hasValue(Health.LOADING);
        assertUnknown(id.version(), Reason.FAILED, "/props answered 503");
        assertThat(id.isSettled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json at all | UNUSABLE",
                "{\"version\":17} | UNUSABLE",
                "{\"version\":\"unknown\"} | UNUSABLE",
                "{\"version\":\"0.1\\u001b[2J\"} | UNUSABLE",
                "{\"version\":null} | NOT_THERE",
                "{} | NOT_THERE",
                "[] | NOT_THERE",
                "{\"version\":\"0.1\" | UNUSABLE",
            })
    void anAnswerThatIsNotOfTheKindExpectedIsNeverQuoted(String body, Reason reason) {
        server.json("/version", body);
        assertThat(ask("vllm").version()).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.reason()).isEqualTo(reason);
            assertThat(unknown.detail())
                    .startsWith("/version answered, but")
                    .doesNotContain("17", "0.1", "json at all");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[7]", "[{}]", "[{\"id\":\"\"}]", "[{\"id\":\"a\\nb\"}]", "[null]"})
    void aListOfModelsIsTakenWholeOrNotAtAll(String data) {
        server.json("/v1/models", "{\"data\":" + data + "}");
        assertThat(ask("vllm").models())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).isEqualTo(Reason.UNUSABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1.5", "\"2048\"", "123456789012345678901234567890"})
    void aLengthIsAPositiveNumber(String length) {
        server.json("/v1/models", "{\"data\":[{\"id\":\"a\",\"max_model_len\":" + length + "}]}");
        ServerIdentity id = ask("vllm");
        assertThat(id.maxLength())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).isEqualTo(Reason.UNUSABLE));
        assertThat(id.models().optional().orElseThrow().get(0).maxLength()).isEmpty();
    }

    @Test
    void ofABodyAMebibyteIsRead() {
        server.json("/version", "{\"version\":\"0.1\",\"x\":\"" + "x".repeat(1 << 20) + "\"}");
        assertThat(ask("vllm").version())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).isEqualTo(Reason.UNUSABLE));
    }

    @Test
    void aTowerOfBracketsIsNoAnswer() {
        server.json("/version", "[".repeat(500_000));
        assertUnknown(ask("vllm").version(), Reason.UNUSABLE, "/version answered, but with no JSON");
    }

    @Test
    void aBodyThatIsNotUtf8IsNoAnswer() {
        server.answer(
                "/version",
                new MockResponse.Builder()
                        .body(new Buffer().write("{\"version\":\"0.1\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1)))
                        .build());
        assertUnknown(ask("vllm").version(), Reason.UNUSABLE, "/version answered, but with no JSON");
    }

    @Test
    void aServerThatIsNotThereIsAskedOnce() {
        String gone = url();
        web.close();
        ServerIdentity id = Identities.of("vllm").ask(gone);
        assertThat(List.of(id.version(), id.models(), id.health()))
                .allSatisfy(fact -> assertThat(fact)
                        .isInstanceOfSatisfying(
                                Unknown.class,
                                unknown -> assertThat(unknown.reason()).isEqualTo(Reason.UNREACHABLE)));
        assertThat(id.isSettled()).isFalse();
    }

    @Test
    void allQuestionsShareOneDeadline() {
        server.answer(
                "/version",
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        ServerIdentity id =
                Identities.of("vllm").ask(FetchRequest.to(Target.parse(url())).withTimeout(Duration.ofSeconds(1)));
        assertThat(id.version())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).isEqualTo(Reason.TIMEOUT));
        assertUnknown(id.health(), Reason.TIMEOUT, "/health was not asked: the PT1S for all questions were over");
        assertThat(server.asked()).containsExactly("/version");
    }

    @Test
    void anEngineThatHangsDoesNotHideItsHealth() {
        server.status("/health", 200)
                .answer(
                        "/is_sleeping",
                        new MockResponse.Builder()
                                .onResponseStart(SocketEffect.Stall.INSTANCE)
                                .build());
        ServerIdentity id =
                Identities.of("vllm").ask(FetchRequest.to(Target.parse(url())).withTimeout(Duration.ofSeconds(2)));
        assertThat(id.health().optional()).hasValue(Health.READY);
        assertThat(id.sleeping())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).isEqualTo(Reason.TIMEOUT));
    }

    @Test
    void aFileAnswersNoQuestions(@TempDir Path folder) throws Exception {
        Path body = Files.writeString(folder.resolve("body.txt"), "a 1\n");
        assertUnknown(
                Identities.of("vllm").ask(body.toString()).version(), Reason.NOT_THERE, "a file answers no questions");
    }

    @Test
    void onlyAnInterruptThrows() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ask("vllm")).isInstanceOf(CollectException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void everyEngineIsAskedCheaplyForItsVersionItsModelsAndItsHealth() {
        assertThat(Collectors.engines())
                .isNotEmpty()
                .allSatisfy(engine -> assertThat(
                                engine.catalog().questions().stream().filter(question -> question.cost() == Cost.CHEAP))
                        .as(engine.id())
                        .extracting(Question::about)
                        .contains(About.VERSION, About.MODELS, About.MAX_LENGTH, About.HEALTH));
    }

    @Test
    void anyTransportWillDo() {
        ServerIdentity id = Identities.of("tgi")
                .over((request, sink) -> {
                    sink.begin(new ResponseHead(Optional.empty()));
                    sink.chunk(ByteBuffer.wrap("{\"version\":\"3.3.7\"}".getBytes(StandardCharsets.UTF_8)));
                    return CompletableFuture.completedFuture(
                            new FetchSummary(Instant.EPOCH, 0, 0, 0, 0, 0, Optional.empty()));
                })
                .ask("unix:/run/tgi.sock");
        assertThat(id.target()).isEqualTo("unix:/run/tgi.sock");
        assertThat(id.version().optional()).hasValue(EngineVersion.of("3.3.7"));
    }

    @Test
    void aReaderRemembersWhoTheServerIs() {
        server.json("/version", "{\"version\":\"0.32.0\"}").status("/health", 200);
        IdentityReader reader = Identities.of("vllm").at(url());
        ServerIdentity first = reader.identity();
        int questions = server.asked().size();
        assertThat(reader.identity()).isSameAs(first);
        assertThat(server.asked()).hasSize(questions);
        assertThat(reader.askAgain().version()).isEqualTo(first.version());
        assertThat(server.asked()).hasSize(2 * questions);
    }

    @Test
    void anEngineWithoutAModuleIsRefused() {
        assertThatThrownBy(() -> Identities.of("other")).isInstanceOf(UnknownEngineException.class);
    }
}
