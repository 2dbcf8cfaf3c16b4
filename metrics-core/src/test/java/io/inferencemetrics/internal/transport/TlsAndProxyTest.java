package io.inferencemetrics.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Target;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsAndProxyTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");

    @TempDir
    Path folder;

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final StandardTransport transport = new StandardTransport();
    private final CollectedBody sink = new CollectedBody();

    @AfterEach
    void forgetTheProxy() {
        System.clearProperty("http.proxyHost");
        System.clearProperty("http.proxyPort");
    }

    private CompletableFuture<FetchSummary> fetch(FetchRequest request) {
        return transport.fetch(request.withTimeout(Duration.ofSeconds(20)), sink);
    }

    private MockResponse ok() {
        return new MockResponse.Builder().body("a 1\n").build();
    }

    /** A key of its own for {@code localhost}, and trust in nobody else. */
    private SSLContext selfSigned() throws Exception {
        assumeTrue(Files.isExecutable(KEYTOOL), "needs the JDK's keytool");
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        KEYTOOL.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return context(store);
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), new SecureRandom());
        return context;
    }

    @Test
    void aServerWithAPrivateCertificateIsReadWithATlsContextAndRefusedWithout() throws Exception {
        SSLContext context = selfSigned();
        server.useHttps(context.getSocketFactory());
        server.enqueue(ok());
        server.enqueue(ok());
        FetchRequest request = FetchRequest.to(Target.parse("https://localhost:" + server.getPort()));
        for (int i = 1; i <= 2; i++) {
            fetch(request.withSslContext(context)).get(30, TimeUnit.SECONDS);
            assertThat(sink.text()).isEqualTo("a 1\n".repeat(i));
        }
        CompletionException thrown = catchThrowableOfType(
                CompletionException.class, () -> fetch(request).join());
        CollectException refused = (CollectException) Objects.requireNonNull(thrown.getCause());
        assertThat(refused.kind()).isEqualTo(FailureKind.CONNECT);
        assertThat(refused.hint()).contains("certificate");
    }

    @Test
    void theProxyOfTheJvmIsUsed() throws Exception {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(server.getPort()));
        server.enqueue(ok());
        fetch(FetchRequest.to(Target.parse("http://engine.invalid:8000"))).get(30, TimeUnit.SECONDS);
        RecordedRequest asked = server.takeRequest();
        assertThat(asked.getRequestLine()).isEqualTo("GET http://engine.invalid:8000/metrics HTTP/1.1");
    }
}
