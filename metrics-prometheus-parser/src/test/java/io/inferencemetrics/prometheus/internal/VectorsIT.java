package io.inferencemetrics.prometheus.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.inferencemetrics.prometheus.Event;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ParserOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar searches by vectors on a JVM that has them, and allocates nothing for them once they are compiled. */
class VectorsIT {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MOST_BODIES = 20_000;
    private static final int IN_A_ROW = 100;

    @BeforeAll
    static void needsAProcessorWithVectors() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        assumeTrue(Files.exists(processors) && Files.readString(processors).contains(" avx2 "), "no AVX2 here");
        assumeTrue(!System.getProperty("java.vm.version").contains("jvmci"), "another compiler than C2 here");
    }

    @Test
    void theJarSearchesByVectors() {
        assertThat(NewlineSearch.bytesAtATime()).isEqualTo(32);
    }

    @Test
    @Timeout(60)
    void aNamedModuleReadsTheModuleOfVectors(@TempDir Path folder) throws Exception {
        String internal = NewlineSearch.class.getPackageName();
        Path program = folder.resolve("Width.java");
        Files.writeString(
                program,
                "class Width { public static void main(String[] a) { System.out.print(%s.NewlineSearch.bytesAtATime()); } }"
                        .formatted(internal));
        Path jar = Path.of(NewlineSearch.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path=" + jar,
                        "--add-modules=io.inferencemetrics.prometheus,jdk.incubator.vector",
                        "--add-exports=io.inferencemetrics.prometheus/" + internal + "=ALL-UNNAMED",
                        program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(java.getInputStream().readAllBytes()).asString().isEqualTo("32");
        assertThat(java.waitFor()).isZero();
    }

    @Test
    void onceCompiledVectorsAreNoObjects() {
        byte[] body = IntStream.range(0, 500)
                .mapToObj(
                        i -> "some_family_that_nobody_wants{x=\"" + i + "\",and_a_label=\"that is long\"} " + i + "\n")
                .reduce("wanted 1\n", String::concat)
                .getBytes(US_ASCII);
        ExpositionCursor cursor =
                new ExpositionCursor(ParserOptions.strict(ExpositionFormat.TEXT).withFamilies(Set.of("wanted")));
        int zeros = 0;
        for (int i = 0; i < MOST_BODIES && zeros < IN_A_ROW; i++) {
            zeros = allocatedBy(cursor, body) == 0 ? zeros + 1 : 0;
        }
        assertThat(zeros).isEqualTo(IN_A_ROW);
    }

    private static long allocatedBy(ExpositionCursor cursor, byte[] body) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        cursor.reset(body, 0, body.length);
        while (cursor.next() != Event.END) {}
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
