package io.inferencemetrics.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.HostMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import org.junit.jupiter.api.Test;

class CgroupPartTest {
    private static final double GIBIBYTE = 1 << 30;

    private static MetricsSnapshot machine(String name) {
        return Machine.read(new CgroupPart(Machine.files(name)));
    }

    @Test
    void aContainerOfVersionTwoTellsItsLimitsAndItsUse() {
        MetricsSnapshot s = machine("v2-container");
        assertThat(s.value(HostMetrics.CGROUP_CPU_LIMIT)).isEqualTo(1.5);
        assertThat(s.value(HostMetrics.CGROUP_CPU_TIME)).isEqualTo(1234.56789);
        assertThat(s.value(HostMetrics.CGROUP_CPU_PERIODS)).isEqualTo(5000);
        assertThat(s.value(HostMetrics.CGROUP_CPU_THROTTLED)).isEqualTo(400);
        assertThat(s.value(HostMetrics.CGROUP_CPU_THROTTLED_TIME)).isEqualTo(61.5);
        assertThat(s.value(HostMetrics.CGROUP_MEMORY_LIMIT)).isEqualTo(16 * GIBIBYTE);
        assertThat(s.value(HostMetrics.CGROUP_MEMORY_USED)).isEqualTo(8 * GIBIBYTE);
        assertThat(s.value(HostMetrics.CGROUP_OOM_KILLS)).isEqualTo(2);
        assertThat(s.coverage().unmapped()).isEmpty();
    }

    @Test
    void limitsOfTheGroupsAboveHoldToo() {
        MetricsSnapshot s = machine("v2-nested");
        assertThat(s.value(HostMetrics.CGROUP_CPU_LIMIT)).isEqualTo(8);
        assertThat(s.value(HostMetrics.CGROUP_MEMORY_LIMIT)).isEqualTo(32 * GIBIBYTE);
        assertThat(s.value(HostMetrics.CGROUP_MEMORY_USED)).isEqualTo(GIBIBYTE);
        assertThat(s.value(HostMetrics.CGROUP_CPU_TIME)).isEqualTo(2.5);
        assertThat(s.value(HostMetrics.CGROUP_OOM_KILLS)).isZero();
        // the controller is not switched on for the group, and what it would count is not written
        assertThat(Machine.why(s, HostMetrics.CGROUP_CPU_THROTTLED_TIME)).isEqualTo(Absence.OPTION_OFF);
    }

    @Test
    void aContainerOfVersionOneIsFoundUnderTheHostsPath() {
        MetricsSnapshot s = machine("v1-container");
        assertThat(s.value(HostMetrics.CGROUP_CPU_LIMIT)).isEqualTo(4);
        assertThat(s.value(HostMetrics.CGROUP_CPU_TIME)).isEqualTo(98.7654321);
        assertThat(s.value(HostMetrics.CGROUP_CPU_THROTTLED)).isEqualTo(7);
        assertThat(s.value(HostMetrics.CGROUP_CPU_THROTTLED_TIME)).isEqualTo(1.5);
        assertThat(s.value(HostMetrics.CGROUP_MEMORY_LIMIT)).isEqualTo(4 * GIBIBYTE);
        assertThat(s.value(HostMetrics.CGROUP_MEMORY_USED)).isEqualTo(2 * GIBIBYTE);
        assertThat(s.value(HostMetrics.CGROUP_OOM_KILLS)).isEqualTo(1);
    }

    @Test
    void thatThereIsNoLimitIsNoNumber() {
        MetricsSnapshot s = machine("v1-unlimited");
        assertThat(Machine.why(s, HostMetrics.CGROUP_CPU_LIMIT)).isEqualTo(Absence.SWITCHED_OFF);
        assertThat(Machine.why(s, HostMetrics.CGROUP_MEMORY_LIMIT)).isEqualTo(Absence.SWITCHED_OFF);
        assertThat(s.value(HostMetrics.CGROUP_MEMORY_USED)).isEqualTo(104_574_976);
        assertThat(s.value(HostMetrics.CGROUP_CPU_TIME)).isEqualTo(5);
        assertThat(s.value(HostMetrics.CGROUP_CPU_THROTTLED_TIME)).isZero();
        // kernels before 4.13 count no kills in version 1
        assertThat(Machine.why(s, HostMetrics.CGROUP_OOM_KILLS)).isEqualTo(Absence.OPTION_OFF);
    }

    @Test
    void whatIsNoNumberIsUnknownAndNoPathLeadsOut() {
        MetricsSnapshot s = machine("broken");
        assertThat(Machine.why(s, HostMetrics.CGROUP_CPU_LIMIT)).isEqualTo(Absence.UNKNOWN);
        assertThat(Machine.why(s, HostMetrics.CGROUP_CPU_PERIODS)).isEqualTo(Absence.UNKNOWN);
        assertThat(Machine.why(s, HostMetrics.CGROUP_MEMORY_LIMIT)).isEqualTo(Absence.UNKNOWN);
        assertThat(Machine.why(s, HostMetrics.CGROUP_MEMORY_USED)).isEqualTo(Absence.OPTION_OFF);
        assertThat(s.coverage().skippedLines()).isZero();
        CgroupFolder folder = CgroupFolder.of("memory", Machine.files("broken")).orElseThrow();
        assertThat(folder.own()).isEqualTo(folder.top());
    }

    @Test
    void aMachineWithoutControlGroupsSaysNothing() {
        MetricsSnapshot s =
                Machine.read(new CgroupPart(Machine.files("nowhere")), new PressurePart(Machine.files("pressure")));
        assertThat(Machine.why(s, HostMetrics.CGROUP_CPU_TIME)).isEqualTo(Absence.OPTION_OFF);
    }
}
