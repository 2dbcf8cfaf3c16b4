package io.inferencemetrics.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.spi.LocalSource;
import io.inferencemetrics.spi.MachineProvider;
import io.inferencemetrics.testkit.contract.MachineContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NvmlGpusTest extends MachineContract {
    @Override
    protected MachineProvider provider() {
        return new NvmlGpus();
    }

    @Override
    protected CollectorBuilder collectors() {
        return Collectors.forGpu("nvml");
    }

    @Override
    protected String bodies() {
        return "nvml";
    }

    @Test
    void nvidiaSmiStandsInWithTheSameCatalogue() {
        NvidiaSmiGpus second = new NvidiaSmiGpus();
        assertThat(second.catalog()).isSameAs(provider().catalog());
        assertThat(second.id()).isEqualTo(provider().id());
        assertThat(second.priority()).isLessThan(provider().priority());
        assertThat(second.local()).isPresent();
    }

    @Test
    void whereThereIsNoDriverTheReasonIsASentence() {
        String property = "io.inferencemetrics.nvml.library";
        System.setProperty(property, "/no/such/library.so");
        try {
            Optional<String> why = provider().local().flatMap(LocalSource::unavailable);
            assertThat(why.orElseThrow()).contains("/no/such/library.so, but cannot be loaded");
        } finally {
            System.clearProperty(property);
        }
    }
}
