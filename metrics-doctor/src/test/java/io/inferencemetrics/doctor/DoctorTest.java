package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoctorTest {
    private static final String BODY = "vllm:num_requests_running 1\nvllm:generation_tokens_total 5\n";

    @Test
    void neverMoreThanSixRequestsAreMade() {
        try (ScriptedServer server = new ScriptedServer()
                .at("/metrics", 200, "text/plain", "python_info 1\n")
                .at("/v1/models", 500, "text/plain", "")
                .at("/get_model_info", 500, "text/plain", "")
                .at("/version", 500, "text/plain", "")
                .at("/info", 500, "text/plain", "")) {
            Diagnosis diagnosis = server.examine();
            assertThat(server.received).hasSameSizeAs(diagnosis.asked()).hasSizeLessThanOrEqualTo(Doctor.MAX_REQUESTS);
            assertThat(server.received).doesNotContain("/health");
        }
    }

    @Test
    void withAnIntervalOfZeroTheServerIsReadOnce() {
        try (ScriptedServer server = ScriptedServer.serving(BODY)) {
            server.doctor().interval(Duration.ZERO).examine(server.url());
            assertThat(server.received).containsExactly("/metrics");
            assertThat(server.pauses).isEmpty();
        }
    }

    @Test
    void aServerBehindAPathOfAProxyIsAskedBeneathThatPath() {
        try (ScriptedServer server =
                new ScriptedServer().at("/gpu7/v1/models", 200, "application/json", "{\"owned_by\": \"sglang\"}")) {
            assertThat(server.examine("/gpu7/metrics").finding().cause()).isEqualTo(Cause.SGLANG_METRICS_OFF);
        }
    }

    @Test
    void secretsOfAnAddressAreNotShown() {
        try (ScriptedServer server = new ScriptedServer()) {
            Diagnosis diagnosis =
                    server.doctor().examine(server.url().replace("//", "//me:secret@") + "/metrics?key=secret");
            assertThat(diagnosis.toString()).doesNotContain("secret");
        }
    }

    @Test
    void settingsGoWithEveryRequestAndMakeAnotherDoctor() throws Exception {
        Doctor plain = new Doctor();
        assertThat(plain.header("X-A", "b").sslContext(SSLContext.getDefault())).isNotSameAs(plain);
        assertThatThrownBy(() -> plain.interval(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plain.examine("ftp://host")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInterruptEndsTheExamination() {
        Doctor doctor = new Doctor().transport((request, sink) -> new CompletableFuture<>());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> doctor.examine("http://engine:8000"))
                .isInstanceOfSatisfying(
                        CollectException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptEndsTheWaitBetweenTwoReads() {
        try (ScriptedServer server = ScriptedServer.serving(BODY)) {
            Doctor doctor = server.doctor().with(Dialer::tcp, time -> {
                throw new InterruptedException();
            });
            assertThatThrownBy(() -> doctor.examine(server.url())).isInstanceOf(CollectException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aDefectOfATransportIsNotTakenForTheServers() {
        Doctor doctor = new Doctor()
                .transport((request, sink) -> CompletableFuture.failedFuture(new IllegalArgumentException("bug")));
        assertThatThrownBy(() -> doctor.examine("http://engine:8000")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource
    void everyCauseStandsInItsDocument(Cause cause) throws IOException {
        String document = Files.readString(Path.of("..", "docs", "doctor.md"));
        assertThat(document).contains("| `" + cause.name().toLowerCase(Locale.ROOT) + "` |");
    }
}
