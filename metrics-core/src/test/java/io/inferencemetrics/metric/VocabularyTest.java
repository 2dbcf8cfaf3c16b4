package io.inferencemetrics.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VocabularyTest {
    @Test
    void everyMetricIsFoundByItsName() {
        assertThat(Vocabulary.values()).allSatisfy(vocabulary -> {
            assertThat(Vocabulary.ofSymbol(vocabulary.symbol())).contains(vocabulary);
            assertThat(vocabulary.metrics()).doesNotHaveDuplicates().allSatisfy(metric -> {
                assertThat(Vocabulary.named(metric.name())).contains(metric);
                assertThat(metric.meaning()).endsWith(".");
            });
        });
        assertThat(GpuMetrics.all()).allMatch(metric -> metric.name().startsWith("gpu."));
        assertThat(HostMetrics.all()).allMatch(metric -> metric.name().startsWith("host."));
        assertThat(LlmMetrics.named("no.such")).isEmpty();
    }

    @Test
    void everyConstantIsInItsVocabulary() throws IllegalAccessException {
        for (Class<?> vocabulary : List.of(LlmMetrics.class, GpuMetrics.class, HostMetrics.class)) {
            for (Field field : vocabulary.getFields()) {
                Metric<?> metric = (Metric<?>) field.get(null);
                assertThat(Vocabulary.named(metric.name())).as(field.getName()).contains(metric);
            }
        }
    }

    @Test
    void theShortestOfSeveralServersLimitsAFleet() {
        assertThat(LlmMetrics.MODEL_MAX_LENGTH.overReplicas()).isEqualTo(Aggregation.MIN);
        assertThat(LlmMetrics.TIME_TO_FIRST_TOKEN.openTelemetryName()).contains("gen_ai.server.time_to_first_token");
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void everyUnitIsFoundByItsSymbol(Unit unit) {
        assertThat(Unit.ofSymbol(unit.symbol())).contains(unit);
        assertThat(unit.convert(0.1, unit)).isEqualTo(0.1);
    }

    @Test
    void unitsOfTheSameKindConvert() {
        assertThat(Unit.PERCENT.convert(57, Unit.RATIO)).isEqualTo(0.57);
        assertThat(Unit.MILLISECONDS.convert(9, Unit.SECONDS)).isEqualTo(0.009);
        assertThat(Unit.MILLIWATTS.convert(123_456, Unit.WATTS)).isEqualTo(123.456);
        assertThat(Unit.NANOSECONDS.convert(3, Unit.MICROSECONDS)).isEqualTo(0.003);
        assertThat(Unit.MEBIBYTES.convert(1.5, Unit.BYTES)).isEqualTo(1_572_864);
        assertThat(Unit.GIBIBYTES.convert(1, Unit.MEBIBYTES)).isEqualTo(1_024);
        assertThatThrownBy(() -> Unit.TOKENS.convert(1, Unit.SECONDS)).hasMessageContaining("tokens");
    }

    @Test
    void aHistogramsBoundsMustRise() {
        assertThatThrownBy(() -> new HistogramValue(new double[] {2, 1}, new long[] {1, 1}, 0, 1))
                .hasMessageContaining("rise");
        assertThatThrownBy(() -> new HistogramValue(new double[] {2}, new long[] {1, 1}, 0, 1))
                .hasMessageContaining("bounds");
        HistogramValue value = new HistogramValue(new double[] {1}, new long[] {1}, 3, 2);
        assertThat(value)
                .hasToString("count=2 sum=3.0 buckets=1")
                .hasSameHashCodeAs(value.converted(Unit.SECONDS, Unit.SECONDS))
                .isNotEqualTo(value.converted(Unit.MILLISECONDS, Unit.SECONDS));
        assertThat(new HistogramValue(new double[0], new long[0], 0, 0).mean()).isNaN();
    }

    @Test
    void aPluginsMetricMayHaveAnOpenTelemetryNameAndARuleOfItsOwnForSeveralServers() {
        String otel = "some.name";
        assertThat(List.<Metric<?>>of(
                        CounterMetric.of("c", Unit.EVENTS, "A.", Aggregation.SUM)
                                .withOpenTelemetryName(otel)
                                .withOverReplicas(Aggregation.MAX),
                        GaugeMetric.of("g", Unit.EVENTS, "A.", Aggregation.SUM)
                                .withOpenTelemetryName(otel)
                                .withOverReplicas(Aggregation.MAX),
                        RatioMetric.of("r", Unit.RATIO, "A.", Aggregation.MEAN)
                                .withOpenTelemetryName(otel)
                                .withOverReplicas(Aggregation.MAX),
                        HistogramMetric.of("h", Unit.SECONDS, "A.", Aggregation.SUM)
                                .withOpenTelemetryName(otel)
                                .withOverReplicas(Aggregation.MAX),
                        TextMetric.of("t", Unit.TEXT, "A.", Aggregation.SAME)
                                .withOpenTelemetryName(otel)
                                .withOverReplicas(Aggregation.MAX)))
                .allSatisfy(metric -> {
                    assertThat(metric.openTelemetryName()).contains(otel);
                    assertThat(metric.overReplicas()).isEqualTo(Aggregation.MAX);
                });
    }
}
