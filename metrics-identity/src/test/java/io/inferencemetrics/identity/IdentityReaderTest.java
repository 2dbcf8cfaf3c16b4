package io.inferencemetrics.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.identity.Fact.Known;
import io.inferencemetrics.identity.Fact.Reason;
import io.inferencemetrics.identity.Fact.Unknown;
import io.inferencemetrics.snapshot.EngineVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityReaderTest {
    private static final Fact<Health> READY = new Known<>(Health.READY, "/health");
    private static final Fact<EngineVersion> VERSION = new Known<>(EngineVersion.of("1.0"), "/version");

    private long now = Long.MAX_VALUE - 5; // the clock's numbers may wrap around
    private int asked;
    private Fact<Health> health = READY;
    private Fact<EngineVersion> version = VERSION;
    private final IdentityReader reader = new IdentityReader(this::answer, Duration.ofMinutes(10), () -> now);

    private ServerIdentity answer() {
        asked++;
        return new ServerIdentity(
                "http://x/metrics",
                "x",
                Instant.EPOCH,
                now,
                version,
                new Known<>(List.of(), "/v1/models"),
                none(),
                health,
                none(),
                none());
    }

    private static <T> Fact<T> none() {
        return new Unknown<>(Reason.NO_QUESTION, "no endpoint");
    }

    private int askedAfter(Duration time) {
        now += time.toNanos();
        reader.identity();
        return asked;
    }

    @Test
    void anAnswerIsKeptForTenMinutes() {
        assertThat(reader.last()).isEmpty();
        assertThat(askedAfter(Duration.ZERO)).isEqualTo(1);
        assertThat(askedAfter(Duration.ofSeconds(599))).isEqualTo(1);
        assertThat(askedAfter(Duration.ofSeconds(1))).isEqualTo(2);
        assertThat(reader.last()).contains(reader.identity());
    }

    @Test
    void aServerThatIsNotReadyIsAskedAgainSoon() {
        health = new Known<>(Health.LOADING, "/health");
        assertThat(askedAfter(Duration.ZERO)).isEqualTo(1);
        assertThat(askedAfter(Duration.ofSeconds(29))).isEqualTo(1);
        assertThat(askedAfter(Duration.ofSeconds(1))).isEqualTo(2);
    }

    @Test
    void aServerThatCouldNotBeReachedIsAskedAgainSoon() {
        version = new Unknown<>(Reason.UNREACHABLE, "no connection");
        assertThat(askedAfter(Duration.ZERO)).isEqualTo(1);
        version = VERSION;
        assertThat(askedAfter(Duration.ofSeconds(30))).isEqualTo(2);
        assertThat(askedAfter(Duration.ofSeconds(30))).isEqualTo(2);
    }

    @Test
    void whatWillStayUnknownIsNotAskedForSoon() {
        version = new Unknown<>(Reason.NEEDS_TOKEN, "401");
        health = none();
        assertThat(askedAfter(Duration.ZERO)).isEqualTo(1);
        assertThat(askedAfter(Duration.ofSeconds(30))).isEqualTo(1);
    }

    @Test
    void aServerThatRestartedIsAskedAnew() {
        reader.identity();
        reader.restarted();
        assertThat(reader.last()).isEmpty();
        assertThat(askedAfter(Duration.ZERO)).isEqualTo(2);
    }

    @Test
    void onDemandItIsAskedAtOnce() {
        reader.identity();
        reader.askAgain();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void anotherAgeMayBeSet() {
        IdentityReader impatient = reader.maxAge(Duration.ofSeconds(1));
        impatient.identity();
        now += Duration.ofSeconds(1).toNanos();
        impatient.identity();
        assertThat(asked).isEqualTo(2);
        assertThatThrownBy(() -> reader.maxAge(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerHasAnAge() {
        ServerIdentity id = new ServerIdentity(
                "http://x/metrics",
                "x",
                Instant.now(),
                System.nanoTime() - 5_000_000_000L,
                VERSION,
                none(),
                none(),
                READY,
                none(),
                none());
        assertThat(id.age()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }
}
