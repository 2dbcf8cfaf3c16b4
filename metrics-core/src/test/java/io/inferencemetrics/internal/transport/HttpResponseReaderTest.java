package io.inferencemetrics.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The response reader on bytes alone, without a socket. */
class HttpResponseReaderTest {
    private static final Target TARGET = Target.parse("unix:/run/x.sock");
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final CollectedBody body = new CollectedBody();

    private Optional<Target> read(InputStream in) throws IOException {
        Fetch fetch = Fetch.start(FetchRequest.to(TARGET).withMaxBodyBytes(100_000), body);
        try {
            return new HttpResponseReader(Channels.newChannel(in), TARGET, fetch).read(0);
        } finally {
            fetch.cancel(true);
        }
    }

    private Optional<Target> read(String response) throws IOException {
        return read(new ByteArrayInputStream(response.getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + OK
                        + "Content-Length: 4\r\n\r\na 1\n",
                OK + "Content-Length: 4\r\nContent-Length: 4\r\n\r\na 1\nand more",
                OK + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n4\r\na 1\n\r\n0\r\nTrailer: x\r\n\r\n",
                OK + "Transfer-Encoding: Chunked\r\n\r\n004 ; x\r\na 1\n\r\n0\r\n\r\n",
                "HTTP/1.1 200\r\n\r\na 1\n",
            })
    void everyFramingGivesTheBody(String response) throws IOException {
        assertThat(read(response)).isEmpty();
        assertThat(body.text()).isEqualTo("a 1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 4\r\nContent-Length: 5\r\n\r\na 1\n",
                OK + "Content-Length: +4\r\n\r\na 1\n",
                OK + "Content-Length: 99999999999999999999\r\n\r\na 1\n",
                OK + "Content-Length:\r\n\r\na 1\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n4\r\na 1\n\r\n",
                OK + ": x\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
            })
    void whatIsNotWellFormedIsRefused(String response) {
        assertThatThrownBy(() -> read(response)).isInstanceOf(IOException.class);
    }

    @Test
    void aHeadWithoutEndIsCut() {
        String header = "Same: name\r\n";
        assertThatThrownBy(() -> read(OK + header.repeat(1_000_000))).hasMessageContaining("headers");
        assertThatThrownBy(() -> read("HTTP/1.1 100 Continue\r\n\r\n".repeat(100_000)))
                .hasMessageContaining("interim");
        assertThatThrownBy(() -> read("H".repeat(1_000_000))).hasMessageContaining("longer than");
        assertThatThrownBy(() -> read(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + header.repeat(1_000_000)))
                .hasMessageContaining("headers");
    }

    @Test
    void aBodyWithoutEndIsTooLarge() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        String head = OK + "\r\n";
        assertThatThrownBy(() ->
                        read(new SequenceInputStream(new ByteArrayInputStream(head.getBytes(ISO_8859_1)), endless)))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("100000 bytes");
    }

    @Test
    void aRedirectNamesTheNextTarget() throws IOException {
        assertThat(read("HTTP/1.1 307 T\r\nLocation: http://localhost/metrics/\r\n\r\n"))
                .hasValueSatisfying(next -> assertThat(next).hasToString("unix:/run/x.sock:/metrics/"));
    }

    @Test
    void damagedResponsesGiveABodyOrAFailureButNeverADefect() {
        String[] seeds = {
            OK + "Content-Type: text/plain\r\nContent-Length: 20\r\n\r\n" + "a 1\n".repeat(5),
            OK + "Transfer-Encoding: chunked\r\n\r\n8\r\na 1\na 1\n\r\n2;x=y\r\nb \r\n2\r\n2\n\r\n0\r\n\r\n",
            "HTTP/1.1 302 Found\r\nLocation: /metrics/\r\n\r\n",
            OK + "Content-Encoding: gzip\r\n\r\n\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0003",
        };
        Random random = new Random(3);
        int broken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] response = seeds[i % seeds.length].getBytes(ISO_8859_1);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                response[random.nextInt(response.length)] = (byte) random.nextInt(256);
            }
            InputStream cut = new ByteArrayInputStream(response, 0, 1 + random.nextInt(response.length));
            Throwable thrown = catchThrowable(() -> read(cut));
            if (thrown != null) {
                assertThat(thrown).isInstanceOfAny(IOException.class, CollectException.class);
                broken++;
            }
        }
        assertThat(broken).isBetween(1_000, 20_000);
    }
}
