package io.inferencemetrics.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.transport.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "400, autoload=false",
        "401, bearer token",
        "404, --enable-metrics",
        "501, --metrics",
        "503, try again later",
        "418, /metrics"
    })
    void aStatusHintsAtWhatEnginesMeanByIt(int status, String hint) {
        assertThat(Failures.status(Target.parse("host:8080"), status, "").hint())
                .contains(hint)
                .endsWith(".");
    }
}
