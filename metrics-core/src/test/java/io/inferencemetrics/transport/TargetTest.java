package io.inferencemetrics.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "localhost:8000, http://localhost:8000/metrics",
        "host, http://host/metrics",
        "http://host:1/, http://host:1/metrics",
        "https://host/other, https://host/other",
        "http://[::1]:8000, http://[::1]:8000/metrics",
        "http://host/metrics?model=x&key=y, http://host/metrics?model=...&key=...",
        "http://me:secret@host, http://host/metrics",
        "unix:/run/vllm.sock, unix:/run/vllm.sock",
        "unix:///run/vllm.sock, unix:/run/vllm.sock",
        "unix:/run/x.sock:/v1/metrics, unix:/run/x.sock:/v1/metrics",
        "file:/tmp/body.txt, file:/tmp/body.txt",
        "/tmp/body.txt, file:///tmp/body.txt",
        "HTTP://me@host?token, http://host/metrics?...",
        "unix:/run/x.sock:/metrics?key=secret, unix:/run/x.sock:/metrics?key=...",
    })
    void anAddressIsCompletedAndShownWithoutSecrets(String address, String shown) {
        assertThat(Target.parse(address)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "http://host:1, http://host:1/version?x=...",
        "https://host/a/b/metrics?token=t, https://host/a/b/version?x=...",
        "http://host/other, http://host/version?x=...",
        "unix:/run/vllm.sock, unix:/run/vllm.sock:/version?x=...",
        "http://host//other.host/metrics, http://host//other.host/version?x=...",
    })
    void besideTheMetricsAServerHasOtherAddresses(String address, String beside) {
        assertThat(Target.parse(address).beside("/version?x=y")).hasToString(beside);
    }

    @Test
    void besideAFileThereIsNothing() {
        assertThatThrownBy(() -> Target.parse("/tmp/body.txt").beside("/version"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Target.parse("host").beside("version")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Target.parse("http://me:secret@host").beside("/version").authorization())
                .isPresent();
    }

    @Test
    void aUserInTheAddressBecomesAuthorization() {
        assertThat(Target.parse("http://me:secret@host").authorization()).contains("Basic bWU6c2VjcmV0");
        assertThat(Target.parse("unix:/run/x.sock").socket()).contains(Path.of("/run/x.sock"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://host",
                "http://",
                "http://a b",
                "unix:",
                "http://me:secret@ho st",
                "me:secret@bad_host:8000",
                "http://me:sec/ret#secret@host",
                "http://me:p@secret@host",
                "host/metrics?key=secret key",
                "host:0",
                "host:70000",
                "https://",
                "unix:/run/x.sock:/a b?key=secret",
                "file:/a b?key=secret",
            })
    void whatIsNoAddressIsRefusedWithoutItsSecrets(String address) {
        assertThatThrownBy(() -> Target.parse(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected")
                .hasNoCause()
                .hasMessageNotContaining("secret");
    }

    @Test
    void aRequestShowsNoValueOfAHeader() {
        FetchRequest request = FetchRequest.to(Target.parse("host"))
                .withBearerToken("t0ken")
                .withHeader("X-Key", "s3cret")
                .withBasicAuth("me", "passw0rd");
        assertThat(request.toString())
                .doesNotContain("t0ken", "s3cret", "passw0rd")
                .contains("X-Key");
        assertThat(request.headers()).containsEntry("Authorization", "Basic bWU6cGFzc3cwcmQ=");
    }

    @Test
    void limitsArePositiveAndHeadersHoldNoControlCharacters() {
        FetchRequest request = FetchRequest.to(Target.parse("host"));
        assertThatThrownBy(() -> request.withTimeout(Duration.ZERO)).hasMessageContaining("positive");
        assertThatThrownBy(() -> request.withMaxBodyBytes(0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> request.withHeader("X", "a\r\nY: b")).hasMessageContaining("characters");
    }

    @Test
    void anUnderscoreInAHostNameIsNamedAsTheReason() {
        assertThatThrownBy(() -> Target.parse("http://vllm_1:8000")).hasMessageContaining("'_'");
    }

    @Test
    void aHeaderThatNoClientWouldSendIsRefusedWithoutItsValue() {
        FetchRequest request = FetchRequest.to(Target.parse("host"));
        for (String value : new String[] {"s3cret\u0142", "s3cret\u007f", "s3cret\n"}) {
            assertThatThrownBy(() -> request.withBearerToken(value))
                    .hasMessageContaining("Authorization")
                    .hasMessageNotContaining("s3cret");
        }
        assertThatThrownBy(() -> request.withHeader("X Y", "a")).hasMessageContaining("characters");
        assertThatThrownBy(() -> request.withTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageContaining("at most a day");
    }
}
