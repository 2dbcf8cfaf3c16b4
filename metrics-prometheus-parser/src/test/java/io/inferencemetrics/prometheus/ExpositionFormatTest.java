package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores",
                " Application/OpenMetrics-Text ;version=1.0.0"
            })
    void openMetricsIsWhatTheContentTypeCallsSo(String contentType) {
        assertThat(ExpositionFormat.ofContentType(contentType)).isEqualTo(ExpositionFormat.OPENMETRICS);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "text/plain; version=0.0.4",
                "text/plain; x=application/openmetrics-text",
                "application/openmetrics-textual",
                "junk"
            })
    void everyOtherContentTypeIsText(String contentType) {
        assertThat(ExpositionFormat.ofContentType(contentType)).isEqualTo(ExpositionFormat.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# EOF", "# EOF\n", "a 1\n# EOF\n", "a 1\n# EOF\r\n\n", "a 1\n# EOF \n"})
    void aBodyThatEndsInTheEndMarkIsOpenMetrics(String body) {
        assertThat(formatOf(body)).isEqualTo(ExpositionFormat.OPENMETRICS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "EOF", "# EOF\na 1\n", "# HELP a # EOF\n", "## EOF\n", "# eof\n", "# EO"})
    void everyOtherBodyIsText(String body) {
        assertThat(formatOf(body)).isEqualTo(ExpositionFormat.TEXT);
    }

    @Test
    void aBodyOutsideItsArrayIsRefused() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> ExpositionFormat.ofBody(new byte[2], 0, 3));
    }

    /** Put between other bytes, which must not be looked at. */
    private static ExpositionFormat formatOf(String body) {
        byte[] bytes = ("#" + body + "F").getBytes(UTF_8);
        return ExpositionFormat.ofBody(bytes, 1, bytes.length - 1);
    }
}
