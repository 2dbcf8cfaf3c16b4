package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.spi.LocalTransport;
import java.nio.file.Path;
import java.util.List;
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
        Stub stub = Stub.compiled(folder);
        try (LocalTransport one = Reads.openAlso(Binding.open(stub.path()), Extra.LINKS);
                LocalTransport other = Reads.openAlso(JnaBinding.open(stub.path()), Extra.LINKS)) {
            for (String script : List.of("", "mig 1", "xid 31", "mig 1\nxid 31\nxid 79 5", "devices 1")) {
                stub.script(script);
                assertThat(Reads.text(one)).isEqualTo(Reads.text(other)).contains("nvml_power_usage_milliwatts");
            }
        }
    }

    @Test
    void bothBindingsSayTheSameOfThePartsOfAChip(@TempDir Path folder) {
        Stub stub = Stub.compiled(folder).script("mig 1");
        assertThat(performance(Binding.open(stub.path()))).isEqualTo(performance(JnaBinding.open(stub.path())));
    }

    private static List<String> performance(Nvml nvml) {
        try (LocalTransport transport = Reads.openAlso(nvml, Extra.GPM)) {
            List<String> lines = List.of();
            for (int i = 0; i < 10_000 && lines.size() < 40; i++) {
                lines = Reads.text(transport)
                        .lines()
                        .filter(line -> line.matches("nvml_gpm_.*} [0-9.]+"))
                        .toList();
            }
            return lines;
        }
    }
}
