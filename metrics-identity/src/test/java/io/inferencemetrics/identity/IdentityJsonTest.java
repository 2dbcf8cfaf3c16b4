package io.inferencemetrics.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.inferencemetrics.identity.Fact.Known;
import io.inferencemetrics.identity.Fact.Reason;
import io.inferencemetrics.identity.Fact.Unknown;
import io.inferencemetrics.snapshot.EngineVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ServerIdentity ALL = new ServerIdentity(
            "http://host:8000/metrics",
            "vllm",
            Instant.parse("2026-11-23T22:00:00Z"),
            0,
            new Known<>(EngineVersion.of("0.32.0"), "/version"),
            new Known<>(
                    List.of(
                            new Model("tiny", Optional.empty(), Optional.of("model"), OptionalLong.of(2048)),
                            new Model("french", Optional.of("tiny"), Optional.empty(), OptionalLong.empty())),
                    "/v1/models"),
            new Known<>(2048L, "/v1/models"),
            new Known<>(Health.UNHEALTHY, "/health"),
            new Known<>(true, "/is_sleeping"),
            new Known<>(false, "/is_paused"));

    private static ServerIdentity unknown(Reason reason) {
        return new ServerIdentity(
                "host",
                "x",
                Instant.EPOCH,
                0,
                why(reason),
                why(reason),
                why(reason),
                why(reason),
                why(reason),
                why(reason));
    }

    private static <T> Fact<T> why(Reason reason) {
        return new Unknown<>(reason, "because");
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = Objects.requireNonNull(IdentityJson.class.getResourceAsStream("identity.schema.json"))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JSON.readTree(in));
        }
    }

    @Test
    void whatIsKnownHasItsSource() throws IOException {
        JsonNode json = JSON.readTree(IdentityJson.write(ALL).toString());
        assertThat(json).isEqualTo(JSON.readTree("""
                {"target": "http://host:8000/metrics", "engine": "vllm", "asked": "2026-11-23T22:00:00Z",
                 "version": {"value": "0.32.0", "source": "/version"},
                 "models": {"value": [{"id": "tiny", "root": "model", "max_length": 2048},
                                      {"id": "french", "parent": "tiny"}], "source": "/v1/models"},
                 "max_length": {"value": 2048, "source": "/v1/models"},
                 "sleeping": {"value": true, "source": "/is_sleeping"},
                 "paused": {"value": false, "source": "/is_paused"},
                 "health": {"value": "unhealthy", "source": "/health"}}
                """));
        assertThat(schema().validate(json)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotKnownSaysWhy(Reason reason) throws IOException {
        JsonNode json = JSON.readTree(IdentityJson.write(unknown(reason)).toString());
        assertThat(json.at("/health").size()).isEqualTo(2);
        assertThat(json.at("/health/unknown").asText()).isEqualToIgnoringCase(reason.name());
        assertThat(json.at("/health/detail").asText()).isEqualTo("because");
        assertThat(schema().validate(json)).isEmpty();
    }

    @Test
    void theSchemaRefusesAFactThatIsBoth() throws IOException {
        JsonNode json = JSON.readTree(IdentityJson.write(ALL)
                .toString()
                .replace("\"value\":\"unhealthy\"", "\"value\":\"unhealthy\",\"unknown\":\"failed\""));
        assertThat(schema().validate(json)).isNotEmpty();
    }
}
