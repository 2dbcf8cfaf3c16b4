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

    @Test
    void whatIsTakenOverIsWhatWasThereHoweverManyLinesItIs() {
        LineOrder before = new LineOrder();
        for (int line = 0; line < 1_000; line++) {
            before.add((byte) (line % 9), 10 + line, line % 9 <= LineOrder.UNUSUAL_SAMPLE ? line : ~1);
        }
        LineOrder order = new LineOrder();
        order.addFrom(before, 0, 0);
        order.addFrom(before, 0, 70);
        order.addFrom(before, 70, 1_000);
        assertThat(order.count).isEqualTo(1_000);
        assertThat(order.samples(0, 1_000)).isEqualTo(before.samples(0, 1_000));
        for (int line = 0; line < 1_000; line++) {
            assertThat(order.kinds[line]).isEqualTo(before.kinds[line]);
            assertThat(order.lengths[line]).isEqualTo(before.lengths[line]);
            assertThat(order.ordinals[line]).isEqualTo(before.ordinals[line]);
        }
        assertThat(order.lengths[1_000]).isEqualTo(LineOrder.NOT_PASSED);
    }

    @Test
    void aLineThatWasUsedElsewhereIsNotPassedOver() {
        LineOrder order = new LineOrder();
        order.add(LineOrder.SAMPLE, 10, 0);
        order.add(LineOrder.TIMED_SAMPLE, 20, 1);
        order.add(LineOrder.SAMPLE, 30, 2);
        order.use(0, 2);
        assertThat(order.lengths)
                .startsWith(LineOrder.NOT_PASSED | 10, LineOrder.NOT_PASSED | 20, 30, LineOrder.NOT_PASSED);
        assertThat(order.length(1)).isEqualTo(20);
    }
}
