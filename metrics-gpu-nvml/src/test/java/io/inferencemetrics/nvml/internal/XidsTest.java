package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.FakeNvml.FIRST;
import static io.inferencemetrics.nvml.internal.NvmlFunction.*;
import static io.inferencemetrics.nvml.internal.Reads.absence;
import static io.inferencemetrics.nvml.internal.Reads.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.spi.LocalTransport;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Errors of devices, which the driver tells as events. */
class XidsTest {
    private final FakeNvml nvml = FakeNvml.withOneDevice();

    @Test
    void whyErrorsAreNotToldIsSaid() {
        nvml.big(EVENTS_CREATE, 0, 0x9000);
        assertThat(absence(snapshot(nvml), GpuMetrics.ERRORS)).isEqualTo(Absence.NOT_SUPPORTED);
        nvml.fails(EVENTS_REGISTER, Status.NO_PERMISSION);
        assertThat(absence(snapshot(nvml), GpuMetrics.ERRORS)).isEqualTo(Absence.NO_PERMISSION);
        assertThat(absence(snapshot(nvml), GpuMetrics.LAST_ERROR)).isEqualTo(Absence.NO_PERMISSION);
    }

    @Test
    void aWaitForEventsThatFailsIsNotNoErrors() {
        nvml.big(EVENTS_CREATE, 0, 0x9000).fails(EVENTS_REGISTER, 0).fails(EVENTS_WAIT, Status.TIMEOUT);
        try (LocalTransport transport = Reads.open(nvml)) {
            assertThat(snapshot(transport).value(GpuMetrics.ERRORS)).isZero();
            nvml.fails(EVENTS_WAIT, Status.NO_PERMISSION);
            assertThat(absence(snapshot(transport), GpuMetrics.ERRORS)).isEqualTo(Absence.NO_PERMISSION);
            nvml.fails(EVENTS_WAIT, Status.TIMEOUT);
            assertThat(snapshot(transport).value(GpuMetrics.ERRORS)).isZero();
        }
    }

    @Test
    void whatIsNotWatchedAnyMoreIsNotACountThatStands() {
        nvml.big(EVENTS_CREATE, 0, 0x9000).fails(EVENTS_REGISTER, 0).fails(EVENTS_WAIT, Status.TIMEOUT);
        Known known = Reads.known("all", null);
        String errors = "nvml_xid_errors_total{gpu=\"0\",uuid=\"GPU-aaaa\"} ";
        assertThat(Reads.text(nvml, known, true)).contains(errors + "0\n");
        nvml.fails(EVENTS_REGISTER, Status.NO_PERMISSION);
        assertThat(Reads.text(nvml, known, true)).doesNotContain(errors + "0\n").contains(errors);
    }

    @Test
    void errorsThatCameSinceTheLastReadAreCountedAtTheEnd() {
        nvml.big(EVENTS_CREATE, 0, 0x9000).fails(EVENTS_REGISTER, 0);
        int[] events = {0};
        nvml.on(
                EVENTS_WAIT,
                0x9000,
                0,
                0,
                out -> out.putLong(0, FIRST).putLong(8, 8).putLong(16, 79).putInt(24, -1));
        Nvml library = (function, a, b, c, out) ->
                function == EVENTS_WAIT && events[0]-- <= 0 ? Status.TIMEOUT : nvml.call(function, a, b, c, out);
        Known known = Reads.known("all", null);
        try (NvmlReader reader = NvmlReader.open(library, Set.of(), known)) {
            reader.read(new ExpositionWriter());
            events[0] = 1;
        }
        events[0] = 0;
        assertThat(Reads.text(library, known, true)).contains("xid=\"79\"} 1\n");
    }

    @Test
    void theErrorForWhichADeviceWasLostIsKeptWhereItIsOpenedAnew() {
        long[] events = {1};
        nvml.big(EVENTS_CREATE, 0, 0x9000).fails(EVENTS_REGISTER, 0).fails(EVENTS_FREE, 0);
        nvml.on(
                EVENTS_WAIT,
                0x9000,
                0,
                0,
                out -> out.putLong(0, FIRST).putLong(8, 8).putLong(16, 79).putInt(24, -1));
        Nvml library = (function, a, b, c, out) ->
                function == EVENTS_WAIT && events[0]-- <= 0 ? 10 : nvml.call(function, a, b, c, out);
        Known known = Reads.known("all", null);
        for (int i = 0; i < 2; i++) {
            ExpositionWriter text = new ExpositionWriter();
            try (NvmlReader reader = NvmlReader.open(library, Set.of(), known)) {
                reader.read(text);
            }
            assertThat(Reads.text(text)).contains("nvml_xid_errors_total{gpu=\"0\",uuid=\"GPU-aaaa\",xid=\"79\"} 1\n");
            nvml.on(HANDLE, 0, 0, Status.GPU_IS_LOST, out -> {});
        }
        assertThat(nvml.called(EVENTS_FREE)).isEqualTo(2);
    }

    @Test
    void errorsWithoutEndTakeNoMemoryWithoutEnd() {
        Xids xids = new Xids();
        Device device = new Device(FIRST, "0", "GPU-aaaa");
        for (int code = 0; code < 1_000; code++) {
            xids.add(device, code, -1);
        }
        ExpositionWriter text = new ExpositionWriter();
        xids.write(text, Map.of());
        assertThat(Reads.text(text).lines().count()).isLessThan(80);
        assertThat(Reads.text(text)).contains("} 1000\n", "xid=\"other\"} 936\n");
    }
}
