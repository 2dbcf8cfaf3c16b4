package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.NvmlFunction.*;
import static io.inferencemetrics.nvml.internal.Reads.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.spi.LocalTransport;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which devices are read: all, some by name or number, or those that CUDA sees. */
class NvmlSelectionTest {
    private final FakeNvml nvml = FakeNvml.withOneDevice();

    @ParameterizedTest
    @CsvSource({
        "all,GPU-aaaa GPU-bbbb",
        "1,GPU-bbbb",
        "'1,0',GPU-aaaa GPU-bbbb",
        "GPU-b,GPU-bbbb",
        "00000000:01:00.0,GPU-bbbb",
        "visible,GPU-bbbb"
    })
    void devicesAreChosen(String selection, String expected) {
        try (LocalTransport transport =
                Reads.open(nvml.withASecondDevice(), selection, Map.of("CUDA_VISIBLE_DEVICES", "1"))) {
            assertThat(snapshot(transport).devices().keySet()).containsExactlyInAnyOrder(expected.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,GPU-bbbb",
        "'0,-1,1',GPU-aaaa",
        "'GPU-b,0',GPU-bbbb GPU-aaaa",
        "'1,7,0',GPU-bbbb",
        "'GPU-bbbb,GPU-cccc,0',GPU-bbbb",
        "' 0 , 1 ',GPU-aaaa GPU-bbbb"
    })
    void whatIsVisibleEndsAtTheFirstNameThatMeansNothing(String visible, String expected) {
        try (LocalTransport transport =
                Reads.open(nvml.withASecondDevice(), "visible", Map.of("CUDA_VISIBLE_DEVICES", visible))) {
            assertThat(snapshot(transport).devices().keySet()).containsExactlyInAnyOrder(expected.split(" "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "7", "NoDevFiles", "MIG-none"})
    void whereNothingIsVisibleThatIsSaid(String visible) {
        assertThatThrownBy(
                        () -> Reads.open(nvml.withASecondDevice(), "visible", Map.of("CUDA_VISIBLE_DEVICES", visible)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CUDA_VISIBLE_DEVICES=" + visible
                        + " lets CUDA see none of these GPUs: 0 (GPU-aaaa), 1 (GPU-bbbb)");
        assertThat(nvml.called(SHUTDOWN)).isEqualTo(1);
    }

    @Test
    void allIsVisibleThatTheContainerWasGiven() {
        try (LocalTransport transport =
                Reads.open(nvml.withASecondDevice(), "visible", Map.of("NVIDIA_VISIBLE_DEVICES", "7"))) {
            assertThat(snapshot(transport).devices()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"7,7", "'0,7',7", "'GPU-a,x',x"})
    void aSelectionOfWhatIsNotThereNamesWhatThereIs(String selection, String unknown) {
        assertThatThrownBy(() -> Reads.open(nvml.withASecondDevice(), selection, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 (GPU-aaaa), 1 (GPU-bbbb); not '" + unknown + "'");
        assertThat(nvml.called(SHUTDOWN)).isEqualTo(1);
    }
}
