package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.spi.LocalTransport;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binding that the jar has for this version of Java; where that is not JNA's, the two must say the same. */
class BindingIT extends BindingContract {
    @Override
    Nvml bind(String library) {
        return Binding.open(library);
    }

    @Test
    void theJarIsTested() {
        String from = Objects.requireNonNull(Binding.class.getResource("Binding.class"))
                .toString();
        assertThat(from).startsWith("jar:").matches(Runtime.version().feature() < 22 ? ".*" : ".*/versions/22/.*");
    }

    @Test
    void bothBindingsSayTheSameToTheBit(@TempDir Path folder) {
        String library = Stub.compiled(folder).path();
        try (LocalTransport one = Reads.open(Binding.open(library));
                LocalTransport other = Reads.open(JnaBinding.open(library))) {
            for (int i = 0; i < 3; i++) {
                assertThat(Reads.text(one)).isEqualTo(Reads.text(other)).contains("nvml_power_usage_milliwatts");
            }
        }
    }
}
