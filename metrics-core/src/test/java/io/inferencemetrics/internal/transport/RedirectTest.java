package io.inferencemetrics.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.transport.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    @ParameterizedTest
    @CsvSource({
        "http://host:80, /metrics/, http://host:80/metrics/",
        "http://host, http://HOST:80/metrics/, http://HOST:80/metrics/",
        "https://host, https://host:443/x?y=1, https://host:443/x?y=...",
        "http://host/a/b, c, http://host/a/c",
        "unix:/run/x.sock, http://localhost/metrics/, unix:/run/x.sock:/metrics/",
    })
    void theSameServerIsAskedAgain(String from, String location, String next) {
        Target target = Redirect.follow(Target.parse(from), 307, Optional.of(location), 0);
        assertThat(target).hasToString(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://other/metrics",
                "http://host:8001/metrics",
                "https://host:8000/metrics",
                "//other/metrics",
                "ftp://host:8000/metrics",
                "http://me:pass@host:8000/metrics",
                "mailto:host",
                "file:///etc/passwd",
                "http://ho st/",
                "http://[broken",
            })
    void anotherServerIsNotAsked(String location) {
        assertThatThrownBy(() -> Redirect.follow(Target.parse("host:8000"), 302, Optional.of(location), 0))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("answered 302, a redirect to");
    }

    @Test
    void credentialsNeverLeaveTls() {
        assertThatThrownBy(() ->
                        Redirect.follow(Target.parse("https://host"), 301, Optional.of("http://host/metrics/"), 0))
                .hasMessageContaining("another server, http://host:80");
    }

    @Test
    void authorizationGoesAlong() {
        Target next = Redirect.follow(Target.parse("http://me:secret@host"), 308, Optional.of("/metrics/"), 0);
        assertThat(next.authorization()).contains("Basic bWU6c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 305, 404})
    void onlyARedirectLeadsOn(int status) {
        assertThatThrownBy(() -> Redirect.follow(Target.parse("host"), status, Optional.of("/x"), 0))
                .hasMessageContaining("answered " + status);
    }
}
