package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibrariesTest {
    private static Nvml denied(String library) {
        throw new IllegalCallerException("Illegal native access from an unnamed module");
    }

    private static Nvml missing(String library) {
        throw new UnsatisfiedLinkError(library + ": cannot open shared object file\nand more");
    }

    @Test
    void whereJavaMayNotCallLibrariesTheHintNamesTheOption() {
        assertThatThrownBy(() -> Libraries.open(LibrariesTest::denied))
                .isInstanceOfSatisfying(CollectException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.CONNECT);
                    assertThat(e.hint()).contains("--enable-native-access");
                })
                .hasMessageContaining("Illegal native access");
        NvmlSource source = new NvmlSource(() -> Libraries.open(LibrariesTest::denied), Map.of());
        assertThat(source.unavailable().orElseThrow()).contains("Illegal native access");
    }

    @Test
    void whereThereIsNoLibraryWhatTheSystemSaysOfEachNameIsTold() {
        assertThatThrownBy(() -> Libraries.open(LibrariesTest::missing))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining(Libraries.names().get(0) + ": cannot open shared object file")
                .hasMessageNotContaining("and more");
    }
}
