package io.inferencemetrics.prometheus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** All tests run once more on the jar, with vectors on a JVM that has them; this one tells whether they do. */
class VectorsIT {
    @Test
    void theJarSearchesByVectors() throws Exception {
        Path processors = Path.of("/proc/cpuinfo");
        assumeTrue(Files.exists(processors) && Files.readString(processors).contains(" avx2 "), "no AVX2 here");
        assertThat(ByteSearch.bytesAtATime()).isEqualTo(32);
    }
}
