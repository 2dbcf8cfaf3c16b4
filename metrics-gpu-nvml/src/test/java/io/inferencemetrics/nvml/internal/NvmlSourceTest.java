package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NvmlSourceTest {
    private final AtomicInteger asked = new AtomicInteger();

    private Nvml thereAtTheSecondTime() {
        if (asked.incrementAndGet() == 1) {
            throw new CollectException(FailureKind.CONNECT, "no library", "Install it.", null);
        }
        return FakeNvml.withOneDevice();
    }

    @Test
    void theLibraryIsBoundOnceHoweverOftenItIsOpened() {
        NvmlSource source = new NvmlSource(this::thereAtTheSecondTime, Map.of());
        assertThat(source.unavailable()).contains("no library");
        assertThat(source.unavailable()).isEmpty();
        source.open("all").close();
        source.open("all").close();
        assertThat(asked).hasValue(2);
    }
}
