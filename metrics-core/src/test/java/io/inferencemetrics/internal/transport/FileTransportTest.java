package io.inferencemetrics.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTransportTest {
    @TempDir
    Path folder;

    private final CollectedBody sink = new CollectedBody();

    private FetchSummary fetch(Path file, long limit) {
        return new StandardTransport()
                .fetch(FetchRequest.to(Target.parse("file:" + file)).withMaxBodyBytes(limit), sink)
                .join();
    }

    @Test
    void aFileIsAsOldAsItsLastModification() throws IOException {
        Path file = Files.writeString(folder.resolve("body.txt"), "a 1\n");
        Instant hourAgo = Instant.now().minusSeconds(3_600);
        Files.setLastModifiedTime(file, FileTime.from(hourAgo));
        FetchSummary summary = fetch(file, 100);
        assertThat(sink.text()).isEqualTo("a 1\n");
        assertThat(sink.contentType).contains("text/plain");
        assertThat(summary.time()).isEqualTo(Files.getLastModifiedTime(file).toInstant());
        assertThat(summary.endNanos() - summary.measuredNanos()).isGreaterThanOrEqualTo(3_599_000_000_000L);
    }

    @Test
    void aFileThatEndsAsOpenMetricsDoesIsOpenMetrics() throws IOException {
        fetch(Files.writeString(folder.resolve("body.txt"), "a 1\n# EOF\n"), 100);
        assertThat(sink.contentType).contains("application/openmetrics-text");
    }

    @Test
    void whatIsNoReadableFileIsAFailure() throws IOException {
        assertThatThrownBy(() -> fetch(folder.resolve("none"), 100))
                .hasRootCauseMessage("it does not exist")
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> fetch(folder, 100)).hasRootCauseMessage("it is no regular file");
        Path large = Files.writeString(folder.resolve("large"), "x".repeat(200));
        assertThatThrownBy(() -> fetch(large, 100)).hasCauseInstanceOf(CollectException.class);
    }

    @Test
    void aPlainPathIsAFileToo() throws IOException {
        Path file = Files.writeString(folder.resolve("with space.txt"), "a 1\n");
        new StandardTransport()
                .fetch(FetchRequest.to(Target.parse(file.toString())), sink)
                .join();
        assertThat(sink.text()).isEqualTo("a 1\n");
    }

    @Test
    void aFileOfAnyAgeIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("body.txt"), "a 1\n");
        for (String time : new String[] {"1902-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2200-01-01T00:00:00Z"}) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
            assertThat(fetch(file, 100).time()).isEqualTo(Instant.parse(time));
        }
    }

    @Test
    void whatTheSinkThrowsIsSeenAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("body.txt"), "a 1\n");
        NumberFormatException own = new NumberFormatException("a defect");
        BodySink broken = new BodySink() {
            @Override
            public void begin(ResponseHead head) {}

            @Override
            public void chunk(ByteBuffer chunk) {
                throw own;
            }
        };
        assertThatThrownBy(() -> new StandardTransport()
                        .fetch(FetchRequest.to(Target.parse(file.toString())), broken)
                        .join())
                .hasCause(own);
    }

    @Test
    void aFileOfAnotherMachineIsAFailure() {
        assertThatThrownBy(() -> new StandardTransport()
                        .fetch(FetchRequest.to(Target.parse("file://other/share/body.txt")), sink)
                        .join())
                .hasCauseInstanceOf(CollectException.class);
    }
}
