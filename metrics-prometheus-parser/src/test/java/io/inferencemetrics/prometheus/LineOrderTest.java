package io.inferencemetrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the order of lines remembers, and at what cost. */
class LineOrderTest {
    @Test
    void linesWithoutContentThatStandTogetherAreOneEntry() {
        LineOrder order = new LineOrder();
        order.add(LineOrder.SAMPLE, 10, 0);
        for (int line = 0; line < 1_000_000; line++) {
            order.add(LineOrder.NOTHING, 3, ~1);
        }
        order.add(LineOrder.SAMPLE, 10, 1);
        assertThat(order.count).isEqualTo(3);
        assertThat(order.kinds).hasSize(64);
        assertThat(order.length(1)).isEqualTo(3_000_000);
        assertThat(order.lines(1)).isEqualTo(1_000_000);
    }

    @Test
    void runsThatAreTakenOverFromAnotherOrderAreJoined() {
        LineOrder before = new LineOrder();
        before.add(LineOrder.NOTHING, 1, ~1);
        before.add(LineOrder.NOTHING, 1, ~1);
        LineOrder order = new LineOrder();
        order.add(LineOrder.NOTHING, 1, ~1);
        order.addFrom(before, 0, before.count);
        assertThat(order.count).isEqualTo(1);
        assertThat(order.lines(0)).isEqualTo(3);
    }

    @Test
    void whatIsTooLongToBeKnownAgainIsReadAnew() {
        LineOrder order = new LineOrder();
        order.add(LineOrder.SAMPLE, LineOrder.LONGEST, 0);
        order.add(LineOrder.SAMPLE, LineOrder.LONGEST + 1, 1);
        order.add(LineOrder.NOTHING, LineOrder.LONGEST, ~1);
        order.add(LineOrder.NOTHING, 1, ~1);
        assertThat(order.kinds).startsWith(LineOrder.SAMPLE, LineOrder.STRANGE, LineOrder.NOTHING, LineOrder.NOTHING);
        assertThat(order.lengths[0]).isEqualTo(LineOrder.LONGEST);
        assertThat(order.lengths[1]).isGreaterThan(LineOrder.LONGEST);
    }

    @Test
    void samplesAreCountedInPartAndInWhole() {
        LineOrder order = new LineOrder();
        order.add(LineOrder.SAMPLE, 10, 0);
        order.add(LineOrder.HELP, 10, ~1);
        order.add(LineOrder.TIMED_SAMPLE, 10, 1);
        order.add(LineOrder.UNUSUAL_SAMPLE, 10, 2);
        assertThat(order.samples(0, 4)).isEqualTo(3);
        assertThat(order.samples(1, 3)).isEqualTo(1);
        order.set(2, LineOrder.STRANGE, 10, ~1);
        assertThat(order.samples(0, 4)).isEqualTo(2);
        order.cut(1);
        assertThat(order.samples(0, 1)).isEqualTo(1);
    }
}
