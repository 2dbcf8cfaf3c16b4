package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.FakeNvml.FIRST;
import static io.inferencemetrics.nvml.internal.FakeNvml.SECOND;
import static io.inferencemetrics.nvml.internal.NvmlFunction.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.spi.ExpositionWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of a device where the library is opened anew: which one it is, and what was counted. */
class NvmlReopeningTest {
    private final FakeNvml nvml = FakeNvml.withOneDevice();

    @ParameterizedTest
    @CsvSource({"4,true", "17,true", "999,true", "15,false", "16,false", "1,false"})
    void onlyALostDeviceIsWorthOpeningAnew(int status, boolean healthy) {
        nvml.withASecondDevice().on(HANDLE, 1, 0, status, out -> {});
        try (NvmlReader reader = opened("all")) {
            assertThat(reader.read(new ExpositionWriter())).isEqualTo(healthy);
        }
    }

    @Test
    void aLostDeviceOfWhichOnlyAPartIsWantedIsNotUp() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1)).number(MIG_COUNT, FIRST, 0, 1);
        nvml.part(0, 0x1100, "MIG-one", "A MIG 1g.10gb", 7, 100);
        try (NvmlReader reader = opened("MIG-one")) {
            assertThat(reader.read(new ExpositionWriter())).isTrue();
            nvml.on(MEMORY_V2, 0x1100, 0, Status.GPU_IS_LOST, out -> {});
            assertNotUp(reader);
            nvml.fails(MIG_MODE, Status.GPU_IS_LOST);
            assertNotUp(reader);
        }
    }

    @ParameterizedTest
    @CsvSource({"all,", "'0,1',", "'GPU-a,GPU-b',", "visible,'0,1,-1'", "visible,'GPU-a,GPU-b,-1,0'"})
    void aDeviceThatIsGoneWhenTheyAreLookedForAnewIsNotUpAndComesBack(String selection, @Nullable String cuda) {
        Known known = Reads.known(selection, cuda);
        assertThat(Reads.text(nvml.withASecondDevice(), known, true))
                .contains(up("0", "GPU-aaaa", 1), up("1", "GPU-bbbb", 1));
        nvml.on(HANDLE, 0, 0, Status.GPU_IS_LOST, out -> {});
        String lost = Reads.text(nvml, known, false);
        assertThat(lost)
                .contains(up("0", "GPU-aaaa", 0), up("1", "GPU-bbbb", 1))
                .doesNotContain("uuid=\"0\"");
        assertThat(lost).contains("uuid=\"GPU-aaaa\",name=\"NVIDIA H100 80GB HBM3\"");
        nvml.on(HANDLE, 1, 0, Status.GPU_IS_LOST, out -> {});
        assertThat(Reads.text(nvml, known, false)).contains(up("0", "GPU-aaaa", 0), up("1", "GPU-bbbb", 0));
        FakeNvml fewer = new FakeNvml().device(0, SECOND, "GPU-bbbb", "B").count(1);
        assertThat(Reads.text(fewer, known, false)).contains(up("0", "GPU-aaaa", 0), up("0", "GPU-bbbb", 1));
        assertThat(Reads.text(new FakeNvml().count(0), known, false))
                .contains(up("0", "GPU-aaaa", 0), up("1", "GPU-bbbb", 0));
        nvml.device(0, FIRST, "GPU-aaaa", "A");
        assertThat(Reads.text(nvml.withASecondDevice(), known, true))
                .contains(up("0", "GPU-aaaa", 1), up("1", "GPU-bbbb", 1));
    }

    @ParameterizedTest
    @CsvSource({"0,", "visible,0", "00000000:00:00.0,"})
    void aNumberMeansTheDeviceThatHadItFirst(String selection, @Nullable String cuda) {
        Known known = Reads.known(selection, cuda);
        assertThat(Reads.text(nvml.withASecondDevice(), known, true))
                .contains("GPU-aaaa")
                .doesNotContain("GPU-bbbb");
        FakeNvml fewer = new FakeNvml().device(0, SECOND, "GPU-bbbb", "B").count(1);
        assertThat(Reads.text(fewer, known, false))
                .contains(up("0", "GPU-aaaa", 0))
                .doesNotContain("GPU-bbbb");
        assertThat(Reads.text(nvml, known, true))
                .contains(up("0", "GPU-aaaa", 1))
                .doesNotContain("GPU-bbbb");
    }

    @Test
    void aPartIsLookedForAnewByItsUuid() {
        nvml.on(MIG_MODE, FIRST, 0, 0, out -> out.putInt(0, 1)).number(MIG_COUNT, FIRST, 0, 2);
        nvml.part(0, 0x1100, "MIG-one", "A MIG 1g.10gb", 7, 100);
        Known known = Reads.known("MIG-o", null);
        Reads.text(nvml, known, true);
        nvml.part(1, 0x1200, "MIG-other", "A MIG 1g.10gb", 8, 200);
        assertThat(Reads.text(nvml, known, true)).contains("MIG-one").doesNotContain("MIG-other");
        assertThat(Reads.text(new FakeNvml().count(0), known, false)).contains(up("0", "GPU-aaaa", 0));
    }

    @Test
    void busyTimeGoesOnWhereTheLibraryIsOpenedAnew() {
        long[] next = {1_000_000};
        nvml.on(SAMPLES, FIRST, 1, 0, out -> {
            out.putInt(8, 3);
            for (int i = 0; i < 3; i++) {
                out.putLong(16 + i * 16, next[0]).putInt(24 + i * 16, 50);
                next[0] += 200_000;
            }
        });
        Known known = Reads.known("all", null);
        String busy = "nvml_gpu_busy_seconds_total{gpu=\"0\",uuid=\"GPU-aaaa\"} ";
        assertThat(Reads.text(nvml, known, true)).contains(busy + "0.2\n");
        next[0] += 3_600_000_000L;
        assertThat(Reads.text(nvml, known, true)).contains(busy + "0.4\n");
    }

    private NvmlReader opened(String selection) {
        return NvmlReader.open(nvml, Set.of(), Reads.known(selection, null));
    }

    private static void assertNotUp(NvmlReader reader) {
        ExpositionWriter text = new ExpositionWriter();
        assertThat(reader.read(text)).isFalse();
        assertThat(Reads.text(text)).contains("nvml_device_up{gpu=\"0\",uuid=\"GPU-aaaa\"} 0\n");
    }

    private static String up(String gpu, String uuid, int value) {
        return "nvml_device_up{gpu=\"" + gpu + "\",uuid=\"" + uuid + "\"} " + value + "\n";
    }
}
