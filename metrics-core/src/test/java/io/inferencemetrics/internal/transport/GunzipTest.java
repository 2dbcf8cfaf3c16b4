package io.inferencemetrics.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GunzipTest {
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private final Gunzip gunzip = new Gunzip(chunk -> plain.write(chunk.array(), chunk.position(), chunk.remaining()));

    @AfterEach
    void close() {
        gunzip.close();
    }

    static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private void feedInPieces(byte[] bytes, int size) throws IOException {
        for (int from = 0; from < bytes.length; from += size) {
            gunzip.feed(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from))
                    .asReadOnlyBuffer());
        }
    }

    @Test
    void aStreamCutAnywhereIsUnpacked() throws IOException {
        byte[] body = new byte[100_000];
        new Random(7).nextBytes(body);
        Arrays.fill(body, 0, 60_000, (byte) 'x');
        feedInPieces(packed(body), 1);
        assertThat(plain.toByteArray()).isEqualTo(body);
        assertThat(gunzip.isComplete()).isTrue();
    }

    @Test
    void membersFollowEachOther() throws IOException {
        feedInPieces(joined(packed("a 1\n".getBytes(UTF_8)), packed(new byte[0]), packed("b 2\n".getBytes(UTF_8))), 3);
        assertThat(plain.toString(UTF_8)).isEqualTo("a 1\nb 2\n");
        assertThat(gunzip.isComplete()).isTrue();
    }

    @Test
    void everyOptionalFieldOfTheHeaderIsReadOver() throws IOException {
        byte[] usual = packed("a 1\n".getBytes(UTF_8));
        byte[] fixed = Arrays.copyOf(usual, 10);
        fixed[3] = 2 + 4 + 8 + 16;
        byte[] extra = {3, 0, 9, 9, 9};
        byte[] names = "name\0comment\0".getBytes(UTF_8);
        byte[] headerCrc = {1, 2};
        feedInPieces(joined(fixed, extra, names, headerCrc, Arrays.copyOfRange(usual, 10, usual.length)), 1);
        assertThat(plain.toString(UTF_8)).isEqualTo("a 1\n");
        assertThat(gunzip.isComplete()).isTrue();
    }

    @Test
    void aStreamThatStopsAnywhereIsNotComplete() throws IOException {
        byte[] whole = packed("a 1\n".getBytes(UTF_8));
        for (int length = 0; length < whole.length; length++) {
            try (Gunzip cut = new Gunzip(chunk -> {})) {
                cut.feed(ByteBuffer.wrap(whole, 0, length));
                assertThat(cut.isComplete()).as("after %d bytes", length).isFalse();
            }
        }
    }

    @Test
    void whatFollowsTheLastMemberMustBeAMember() throws IOException {
        byte[] whole = joined(packed("a 1\n".getBytes(UTF_8)), "x".getBytes(UTF_8));
        assertThatThrownBy(() -> gunzip.feed(ByteBuffer.wrap(whole)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gzip");
    }

    @Test
    void aDamagedStreamEndsInAnIOExceptionOrIsNotedByTheChecksum() throws IOException {
        byte[] body = "vllm:num_requests_running 3\n".repeat(50).getBytes(UTF_8);
        byte[] whole = packed(body);
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            damaged[10 + random.nextInt(damaged.length - 10)] ^= (byte) (1 << random.nextInt(8));
            plain.reset();
            boolean refused = false;
            try (Gunzip one = new Gunzip(c -> plain.write(c.array(), c.arrayOffset() + c.position(), c.remaining()))) {
                one.feed(ByteBuffer.wrap(damaged));
                refused = !one.isComplete();
            } catch (IOException e) {
                refused = true;
            }
            assertThat(refused || Arrays.equals(plain.toByteArray(), body)).isTrue();
        }
    }
}
