package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpositionTest {
    private static final String VLLM = """
            # HELP vllm:iteration_tokens_total Histogram of tokens.
            # TYPE vllm:iteration_tokens_total histogram
            vllm:iteration_tokens_total_bucket{engine="0",le="1.0"} 1.0
            vllm:iteration_tokens_total_bucket{engine="0",le="+Inf"} 2.0
            vllm:iteration_tokens_total_sum{engine="0"} 9.0
            # TYPE vllm:iteration_tokens_total_created gauge
            vllm:iteration_tokens_total_created{engine="0"} 1.7e9
            vllm:iteration_tokens_total_count{engine="0"} 2.0
            # TYPE vllm:prompt_tokens_total counter
            vllm:prompt_tokens_total{engine="1"} 5.0
            untyped_total 1
            """;

    @Test
    void assignsSamplesToFamiliesByTypeAndNotBySuffix() {
        Exposition body = parse(VLLM, ExpositionFormat.TEXT);
        assertThat(body.families())
                .extracting(MetricFamily::name)
                .containsExactly(
                        "vllm:iteration_tokens_total",
                        "vllm:iteration_tokens_total_created",
                        "vllm:prompt_tokens_total",
                        "untyped_total");
        MetricFamily histogram = body.family("vllm:iteration_tokens_total").orElseThrow();
        assertThat(histogram.type()).isEqualTo(MetricType.HISTOGRAM);
        assertThat(histogram.help()).isEqualTo("Histogram of tokens.");
        assertThat(histogram.unit()).isEmpty();
        assertThat(histogram.samples()).extracting(MetricSample::value).containsExactly(1.0, 2.0, 9.0, 2.0);
        assertThat(body.family("untyped_total").orElseThrow().type()).isEqualTo(MetricType.UNKNOWN);
        assertThat(body.family("vllm:iteration_tokens")).isEmpty();
    }

    @Test
    void gathersInterleavedFamiliesAndTypesThatComeLate() {
        Exposition body =
                parse("a_total 1\nb 2\na_total{x=\"1\"} 3\n# TYPE a counter\n# TYPE b gauge\n", ExpositionFormat.TEXT);
        assertThat(body.families())
                .containsExactly(
                        new MetricFamily(
                                "a",
                                MetricType.COUNTER,
                                "",
                                "",
                                List.of(sample("a_total", Map.of(), 1), sample("a_total", Map.of("x", "1"), 3))),
                        new MetricFamily("b", MetricType.GAUGE, "", "", List.of(sample("b", Map.of(), 2))));
    }

    @Test
    void knowsTheSuffixesOfEveryType() {
        String body = """
                # TYPE c counter
                c_total 1
                c_created 1
                # TYPE h histogram
                h_bucket 1
                h_sum 1
                h_count 1
                h_created 1
                # TYPE s summary
                s 1
                s_sum 1
                s_count 1
                s_created 1
                # TYPE i info
                i_info 1
                # TYPE st stateset
                st 1
                # TYPE gh gaugehistogram
                gh_bucket 1
                gh_gsum 1
                gh_gcount 1
                # TYPE u unknown
                u 1
                # EOF
                """;
        Map<String, Integer> sizes = parse(body, ExpositionFormat.OPENMETRICS).families().stream()
                .collect(Collectors.toMap(
                        MetricFamily::name, family -> family.samples().size()));
        assertThat(sizes)
                .containsExactlyInAnyOrderEntriesOf(Map.of("c", 2, "h", 4, "s", 4, "i", 1, "st", 1, "gh", 3, "u", 1));
        assertThat(parse("# TYPE g gauge\ng_total 1\n", ExpositionFormat.TEXT).family("g_total"))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(MetricType.class)
    void readsTheWordOfEveryType(MetricType type) {
        for (ExpositionFormat format : ExpositionFormat.values()) {
            Exposition body = parse("# TYPE a " + type.word() + "\n# EOF\n", format);
            assertThat(body.family("a").orElseThrow().type()).isEqualTo(type);
        }
    }

    @Test
    void keepsWhatASampleSays() {
        Exposition body = parse(
                "# TYPE a_s counter\n# UNIT a_s s\na_s_total{b=\"c\"} 1 2.5 # {t=\"u\"} 0.5 3\na_s_total 1 # {} 2\n# EOF\n",
                ExpositionFormat.OPENMETRICS);
        MetricFamily family = body.family("a_s").orElseThrow();
        assertThat(family.unit()).isEqualTo("s");
        assertThat(family.samples())
                .containsExactly(
                        new MetricSample(
                                "a_s_total",
                                Map.of("b", "c"),
                                1,
                                OptionalLong.of(2500),
                                Optional.of(new MetricExemplar(Map.of("t", "u"), 0.5, OptionalLong.of(3000)))),
                        new MetricSample(
                                "a_s_total",
                                Map.of(),
                                1,
                                OptionalLong.empty(),
                                Optional.of(new MetricExemplar(Map.of(), 2, OptionalLong.empty()))));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> family.samples().get(0).labels().put("x", "y"));
    }

    @Test
    void keepsFamiliesWithoutSamplesUnlessFiltered() {
        byte[] body = "# HELP a b\n# TYPE c gauge\n".getBytes(UTF_8);
        ParserOptions options = ParserOptions.strict(ExpositionFormat.TEXT);
        assertThat(Exposition.parse(body, options).families()).hasSize(2);
        assertThat(Exposition.parse(body, options, SampleFilter.ALL.withNamePrefix("a"))
                        .families())
                .isEmpty();
    }

    @Test
    void filtersByNamePrefix() {
        assertThat(filtered(SampleFilter.ALL.withNamePrefix("vllm:prompt")))
                .containsExactly("vllm:prompt_tokens_total");
        assertThat(filtered(SampleFilter.ALL.withNamePrefix("vllm:iteration_tokens_total_b")))
                .containsExactly("vllm:iteration_tokens_total_bucket", "vllm:iteration_tokens_total_bucket");
        assertThat(filtered(SampleFilter.ALL.withNamePrefix("x"))).isEmpty();
    }

    @Test
    void filtersByLabel() {
        assertThat(filtered(SampleFilter.ALL.withLabel("engine", "1"))).containsExactly("vllm:prompt_tokens_total");
        assertThat(filtered(SampleFilter.ALL.withLabel("engine", "0").withLabel("le", "1.0")))
                .containsExactly("vllm:iteration_tokens_total_bucket");
        assertThat(filtered(SampleFilter.ALL.withLabel("engine", ""))).containsExactly("untyped_total");
        assertThat(filtered(SampleFilter.ALL.withLabel("engine", "0").withNamePrefix("vllm:p")))
                .isEmpty();
    }

    @Test
    void saysWhatALenientParserSkipped() {
        Exposition body =
                Exposition.parse("a 1\nb -nan(ind)\n".getBytes(UTF_8), ParserOptions.lenient(ExpositionFormat.TEXT));
        assertThat(body.families()).hasSize(1);
        assertThat(body.skipped().count()).isEqualTo(1);
        assertThat(body.skipped().first().get(0).excerpt()).isEqualTo("b -nan(ind)");
    }

    private static List<String> filtered(SampleFilter filter) {
        return Exposition.parse(VLLM.getBytes(UTF_8), ParserOptions.strict(ExpositionFormat.TEXT), filter)
                .families()
                .stream()
                .flatMap(family -> family.samples().stream())
                .map(MetricSample::name)
                .toList();
    }

    private static Exposition parse(String body, ExpositionFormat format) {
        return Exposition.parse(body.getBytes(UTF_8), ParserOptions.strict(format));
    }

    private static MetricSample sample(String name, Map<String, String> labels, double value) {
        return new MetricSample(name, labels, value, OptionalLong.empty(), Optional.empty());
    }
}
