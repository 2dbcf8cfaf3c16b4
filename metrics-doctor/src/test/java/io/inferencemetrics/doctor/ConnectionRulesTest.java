package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionRulesTest {
    private static final Dialer NO_WAY = (target, timeout) -> Optional.empty();

    private static Finding of(String address) {
        return new Doctor()
                .timeout(Duration.ofSeconds(20))
                .with(Dialer::tcp, time -> {})
                .examine(address)
                .finding();
    }

    private static Diagnosis of(Transport transport, Dialer dialer) {
        return new Doctor().transport(transport).with(dialer, time -> {}).examine("http://engine:8000");
    }

    /** What is found where each connection gets these bytes, and is then closed or left open. */
    private static Diagnosis ofBytes(String bytes, boolean leftOpen, Duration timeout) throws IOException {
        return ofBytes("http", bytes, leftOpen, timeout);
    }

    private static Diagnosis ofBytes(String scheme, String bytes, boolean leftOpen, Duration timeout)
            throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> serve(listener, bytes, leftOpen), "raw-server");
            server.setDaemon(true);
            server.start();
            return new Doctor().timeout(timeout).examine(scheme + "://127.0.0.1:" + listener.getLocalPort());
        }
    }

    private static void serve(ServerSocket listener, String bytes, boolean leftOpen) {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                InputStream in = client.getInputStream();
                in.read(new byte[2_048]);
                client.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                if (leftOpen) {
                    in.read();
                }
            } catch (IOException e) {
                // the client went away, or the listener was closed
            }
        }
    }

    @Test
    void aFileThatIsNotThereIsUnreadable(@TempDir Path folder) {
        assertThat(of(folder.resolve("none").toString()).cause()).isEqualTo(Cause.FILE_UNREADABLE);
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        Finding finding = of("http://no-such-host.invalid:8000");
        assertThat(finding.cause()).isEqualTo(Cause.UNKNOWN_HOST);
        assertThat(finding.problem()).contains("no-such-host.invalid");
    }

    @Test
    void aPortWhereNothingListensNamesTheUsualOnes() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Finding finding = of("http://127.0.0.1:" + port);
        assertThat(finding.cause()).isEqualTo(Cause.NOTHING_LISTENS);
        assertThat(finding.remedy())
                .contains("30000 for SGLang", "8000 for vLLM")
                .doesNotContain("--host");
    }

    @Test
    void aServerElsewhereMayListenOnItsLoopbackAlone() {
        Diagnosis diagnosis =
                of(ScriptedTransport.failing(FailureKind.CONNECT, new java.net.ConnectException("refused")), NO_WAY);
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.NOTHING_LISTENS);
        assertThat(diagnosis.finding().remedy()).contains("--host 0.0.0.0 if it listens on 127.0.0.1 alone");
    }

    @Test
    void aSocketThatIsNotThereIsListenedToByNobody(@TempDir Path folder) {
        assertThat(of("unix:" + folder.resolve("s.sock")).cause()).isEqualTo(Cause.NOTHING_LISTENS);
    }

    @Test
    void httpsToAServerOfPlainHttpIsTold() throws IOException {
        Diagnosis diagnosis = ofBytes("https", "HTTP/1.1 400 Bad Request\r\n\r\n", false, Duration.ofSeconds(20));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.PLAIN_HTTP);
        assertThat(diagnosis.finding().remedy()).isEqualTo("write http:// instead of https://");
    }

    @Test
    void httpsToAServerThatWaitsForPlainHttpIsNotTakenForAClosedPort() throws IOException {
        Diagnosis diagnosis = ofBytes("https", "", true, Duration.ofMillis(500));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.NO_ANSWER);
        assertThat(diagnosis.finding().remedy()).startsWith("write http://");
    }

    @Test
    void aCertificateThatIsNotTrustedIsTold() {
        Diagnosis diagnosis = of(
                ScriptedTransport.failing(FailureKind.CONNECT, new SSLHandshakeException("PKIX path building failed")),
                NO_WAY);
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.TLS_REFUSED);
        assertThat(diagnosis.sentence()).contains("PKIX path building failed");
    }

    @Test
    void anAnswerThatDoesNotEndSaysHowFarItCame() throws IOException {
        Diagnosis diagnosis =
                ofBytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na 1\n", true, Duration.ofMillis(1_500));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.BODY_TOO_SLOW);
        assertThat(diagnosis.sentence()).contains("only 4 bytes after 1.5 s");
    }

    @Test
    void aServerThatTakesConnectionsAndSaysNothingHangs() throws IOException {
        Diagnosis diagnosis = ofBytes("", true, Duration.ofMillis(300));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.NO_ANSWER);
        assertThat(diagnosis.asked()).containsExactly("/metrics", "connect");
    }

    @Test
    void aServerToWhichNoConnectionComesAboutIsUnreachable() {
        Diagnosis timeout = of(ScriptedTransport.failing(FailureKind.TIMEOUT, new TimeoutException("late")), NO_WAY);
        assertThat(timeout.finding().cause()).isEqualTo(Cause.UNREACHABLE);
        Diagnosis noRoute = of(
                ScriptedTransport.failing(FailureKind.CONNECT, new NoRouteToHostException("No route to host")), NO_WAY);
        assertThat(noRoute.finding().cause()).isEqualTo(Cause.UNREACHABLE);
        assertThat(noRoute.asked()).containsExactly("/metrics");
    }

    @Test
    void aBodyWithoutEndIsTooLarge() {
        try (ScriptedServer server = ScriptedServer.serving("a 1\n".repeat(3 << 20))) {
            assertThat(server.examine().finding().cause()).isEqualTo(Cause.TOO_LARGE);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsCut() throws IOException {
        Diagnosis diagnosis =
                ofBytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na 1\n", false, Duration.ofSeconds(20));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.BODY_CUT);
        assertThat(diagnosis.sentence()).contains("after 4 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-OpenSSH_9.6\r\n"})
    void whatSpeaksNoHttpIsTold(String bytes) throws IOException {
        assertThat(ofBytes(bytes, false, Duration.ofSeconds(20)).finding().cause())
                .isEqualTo(Cause.NOT_HTTP);
    }

    @Test
    void anyOtherFailureIsToldInItsOwnWords() {
        try (ScriptedServer server = new ScriptedServer().at("/metrics", 200, "Content-Encoding", "br", "x")) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.NOT_FETCHED);
            assertThat(diagnosis.sentence()).contains("the encoding br").endsWith("no encoding but gzip.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1510, 100, 1.6 s, 1.5 s until the first byte",
        "900, 1000, 200, 1.2 s, 900 ms to connect",
        "10, 100, 3000, 3.1 s, 3.0 s to send the body",
    })
    void aSlowReadSaysWhichPartTookItsTime(long connect, long firstByte, long body, String all, String part) {
        Diagnosis diagnosis = of(
                ScriptedTransport.taking(Duration.ofMillis(firstByte), Duration.ofMillis(body)),
                (target, timeout) -> Optional.of(Duration.ofMillis(connect)));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.SLOW);
        assertThat(diagnosis.finding().problem())
                .isEqualTo("http://engine:8000/metrics took " + all + ", of which " + part);
    }

    @Test
    void aReadThatWasSlowOnlyOnceIsNotTheServersFault() {
        Queue<Transport> reads = new ArrayDeque<>(List.of(
                ScriptedTransport.taking(Duration.ofSeconds(3), Duration.ZERO),
                ScriptedTransport.taking(Duration.ofMillis(30), Duration.ofMillis(3))));
        Diagnosis diagnosis = of(
                (request, sink) -> reads.remove().fetch(request, sink),
                (target, timeout) -> Optional.of(Duration.ofMillis(1)));
        assertThat(diagnosis.findings()).extracting(Finding::cause).doesNotContain(Cause.SLOW);
    }

    @Test
    void aReadWithinASecondIsNotSlow() {
        Diagnosis diagnosis = of(ScriptedTransport.taking(Duration.ofMillis(900), Duration.ofMillis(50)), NO_WAY);
        assertThat(diagnosis.findings()).extracting(Finding::cause).doesNotContain(Cause.SLOW);
        assertThat(diagnosis.asked()).doesNotContain("connect");
    }
}
