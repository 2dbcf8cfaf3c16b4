package io.inferencemetrics.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {
    @ParameterizedTest
    @CsvSource({
        "0.9.2, 0.10.0",
        "0.4.3, 0.4.3.post1",
        "0.4.3.post2, 0.4.3.post10",
        "0.4.3.post9, 0.4.4",
        "1.0rc1, 1.0",
        "v0.1, 0.2",
        "b4747, b10809-5266f24da",
        "0.32.0+cu128, 0.32.1"
    })
    void versionsAreOrderedAsTheyWereReleased(String earlier, String later) {
        assertThat(EngineVersion.of(earlier)).isLessThan(EngineVersion.of(later));
    }

    @Test
    void aBuildOfAReleaseIsThatRelease() {
        assertThat(EngineVersion.of("0.32.0+cu128")).isEqualByComparingTo(EngineVersion.of("0.32.0"));
        assertThat(EngineVersion.of("b10809-5266f24da")).isEqualByComparingTo(EngineVersion.of("10809"));
        assertThat(EngineVersion.of("b10809")).hasToString("10809");
    }

    @Test
    void aVersionStartsWithANumber() {
        assertThatThrownBy(() -> EngineVersion.of("next")).hasMessageContaining("next");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0..2.0, 1.5..3.0, 1.5..2.0",
        "1.0..,    ..2.0,    1.0..2.0",
        "1.0..2.0, '',       1.0..2.0",
        "'',       '',       ..",
    })
    void rangesMeet(String a, String b, String both) {
        assertThat(VersionRange.parse(a).intersect(VersionRange.parse(b)).orElseThrow())
                .hasToString(both);
        assertThat(VersionRange.parse(b).intersect(VersionRange.parse(a)).orElseThrow())
                .hasToString(both);
    }

    @Test
    void rangesThatDoNotMeetHaveNothingInCommon() {
        assertThat(VersionRange.parse("1.0..2.0").intersect(VersionRange.parse("2.1..")))
                .isEmpty();
        assertThat(VersionRange.ALL.intersect(VersionRange.NONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.0..2.0, 3.0..4.0, 1.0..4.0", "1.0.., 0.5..2.0, 0.5..", "none, 1.0..2.0, 1.0..2.0"})
    void aSpanHoldsBoth(String a, String b, String span) {
        assertThat(VersionRange.parse(a).span(VersionRange.parse(b))).hasToString(span);
        assertThat(VersionRange.parse(b).span(VersionRange.parse(a))).hasToString(span);
    }

    @ParameterizedTest
    @CsvSource({
        "0.32.0.., 0.32.0 or newer",
        "..0.4.3, up to 0.4.3",
        "0.9.2..0.11.2, 0.9.2 to 0.11.2",
        "0.9.2..0.9.2, 0.9.2",
        ".., any version",
        "none, no version"
    })
    void aRangeReadsAsWords(String range, String words) {
        assertThat(VersionRange.parse(range).inWords()).isEqualTo(words);
    }

    @Test
    void noVersionIsWrittenAsNone() {
        assertThat(VersionRange.parse("none")).isEqualTo(VersionRange.NONE).hasToString("none");
    }
}
