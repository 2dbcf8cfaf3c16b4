package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.spi.LocalTransport;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call that is made of every device, with every way in which it may end: a number, or why there is none. */
class EveryFieldTest {
    private static final String DEVICE = "{gpu=\"0\",uuid=\"GPU-aaaa\"} ";
    private static final Set<NvmlFunction> ASKED =
            Probes.CALLS.stream().map(Probe::function).collect(Collectors.toSet());

    private final FakeNvml fake = FakeNvml.withOneDevice();

    static Stream<Arguments> callsAndStatuses() {
        return Probes.CALLS.stream()
                .flatMap(probe -> Stream.of(1, 2, 3, 4, 6, 9, 10, 13, 15, 16, 17, 21, 25, 26, 27, 999)
                        .map(status -> Arguments.of(probe, status)));
    }

    /** Answers 1 to all that is asked of devices, but to one call. */
    private String textWhere(Probe failing, int status) {
        Nvml nvml = (function, a, b, c, out) -> {
            if (function == failing.function() && b == failing.b() && c == failing.c()) {
                return status;
            }
            if (ASKED.contains(function) || isOlder(function)) {
                out.putLong(0, 1).putLong(8, 1).putLong(16, 1).putLong(24, 1).putLong(32, 1);
                return Status.SUCCESS;
            }
            return fake.call(function, a, b, c, out);
        };
        try (LocalTransport transport = Reads.open(nvml)) {
            return Reads.text(transport);
        }
    }

    private static boolean isOlder(NvmlFunction function) {
        return Probes.CALLS.stream()
                .flatMap(probe -> probe.older().stream())
                .anyMatch(older -> older.function() == function);
    }

    @ParameterizedTest
    @MethodSource("callsAndStatuses")
    void whatEndsOtherwiseIsAReasonOrAskedInTheOlderWay(Probe probe, int status) {
        String text = textWhere(probe, status);
        Set<String> older = Status.asksForOlder(status)
                ? probe.older().stream()
                        .flatMap(before -> before.slots().stream())
                        .map(Slot::family)
                        .collect(Collectors.toSet())
                : Set.of();
        for (Slot slot : probe.slots()) {
            String value = older.contains(slot.family())
                    ? "1"
                    : blank(olderLacks(probe, status) ? Status.NOT_SUPPORTED : status);
            assertThat(text.lines()).contains(slot.family() + DEVICE + value);
        }
    }

    private static boolean olderLacks(Probe probe, int status) {
        return probe.older().isPresent() && Status.asksForOlder(status);
    }

    private static String blank(int status) {
        return Double.toString(Catalog.blank(Status.absence(status)));
    }

    static IntStream fields() {
        return IntStream.range(0, Probes.FIELDS.size());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void oneFieldOfTheTableMayEndByItself(int failing) {
        for (int status : List.of(2, 3, 4, 15, 999)) {
            fake.on(NvmlFunction.FIELDS, FakeNvml.FIRST, Probes.FIELDS.size(), 0, out -> {
                for (int i = 0; i < Probes.FIELDS.size(); i++) {
                    out.putInt(i * 40 + 24, 3)
                            .putInt(i * 40 + 28, i == failing ? status : 0)
                            .putLong(i * 40 + 32, 7);
                }
            });
            try (LocalTransport transport = Reads.open(fake)) {
                String text = Reads.text(transport);
                for (int i = 0; i < Probes.FIELDS.size(); i++) {
                    String value = i == failing ? blank(status == 2 ? 3 : status) : "7";
                    assertThat(text.lines()).contains(Probes.FIELDS.get(i).family() + DEVICE + value);
                }
            }
        }
    }
}
