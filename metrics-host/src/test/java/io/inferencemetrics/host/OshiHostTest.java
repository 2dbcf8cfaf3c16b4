package io.inferencemetrics.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.HostMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.spi.MachineProvider;
import io.inferencemetrics.testkit.contract.MachineContract;
import org.junit.jupiter.api.Test;

class OshiHostTest extends MachineContract {
    @Override
    protected MachineProvider provider() {
        return new OshiHost();
    }

    @Override
    protected CollectorBuilder collectors() {
        return Collectors.forHost();
    }

    @Test
    void everyMetricOfTheVocabularyHasARow() {
        assertThat(provider().catalog().rows().stream().map(row -> row.metric().name()))
                .containsAll(HostMetrics.all().stream().map(Metric::name).toList());
        assertThat(provider().catalog().vocabulary()).isEqualTo(Vocabulary.HOST);
    }

    @Test
    void theHostIsReadInPlaceUnlessThereIsAnAddress() {
        assertThat(provider().local()).isPresent();
        assertThatThrownBy(() -> Collectors.forHost().select("java").open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1234");
    }
}
