package io.inferencemetrics.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.catalog.Question.Cost;
import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server tells beside the facts goes nowhere; with all that could be logged, logged. */
class SecretsTest {
    private static final String KEYS = "\"api_key\":\"sk-one\",\"admin_api_key\":\"sk-two\",\"hf_token\":\"hf_three\"";

    private static final List<String> INVENTED = List.of(
            "{" + KEYS + ",\"version\":\"0.5.23\",\"internal_states\":[{}]}",
            "{" + KEYS + ",\"version\":{" + KEYS + "}}",
            "{\"version\":\"0.5.23\"," + KEYS + ",",
            "{" + KEYS + "} trailing sk-one",
            "[" + "{" + KEYS + "}]",
            "sk-one sk-two hf_three");

    @StartStop
    private final MockWebServer web = new MockWebServer();

    private static Stream<String> bodies() throws IOException {
        return Stream.concat(Stream.of(RealAnswersTest.body("sglang-0.5.23-server_info.json")), INVENTED.stream());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void keysInAnAnswerLeaveNoTrace(String body) {
        web.setDispatcher(new FakeServer()
                .json("/server_info", body)
                .json(
                        "/v1/models",
                        "{" + KEYS + ",\"data\":[{\"id\":\"m\"," + KEYS + ",\"max_model_len\":\"sk-one\"}]}"));
        FetchRequest request =
                FetchRequest.to(Target.parse("http://user:sk-four@localhost:" + web.getPort() + "?key=sk-six"));
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream usual = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        ServerIdentity id;
        try {
            id = Identities.of("sglang").upTo(Cost.SCHEDULER).ask(request.withHeader("X-Key", "sk-five"));
        } finally {
            System.setErr(usual);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("asked /server_info");
        assertThat(List.of(
                        id.toString(),
                        log.toString(StandardCharsets.UTF_8),
                        IdentityJson.write(id).toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain("sk-", "hf_three"));
        assertThat(id.models().optional().orElseThrow()).extracting(Model::id).containsExactly("m");
        if (body.contains("internal_states")) {
            assertThat(id.version().optional()).hasValue(EngineVersion.of("0.5.23"));
        }
    }
}
