package io.inferencemetrics.prometheus;

import static io.inferencemetrics.prometheus.Validation.accepts;
import static io.inferencemetrics.prometheus.Validation.rejects;

import org.junit.jupiter.api.Test;

/** What OpenMetrics asks of families: their metadata, their names, and which samples are theirs. */
class ValidatingFamiliesTest {
    @Test
    void metadataComesAtMostOnceInAnyOrder() {
        accepts("# UNIT a_s s", "# HELP a_s x", "# TYPE a_s gauge", "a_s 1");
        rejects(2, 1, "no more than one TYPE", "# TYPE a gauge", "# TYPE a counter");
        rejects(2, 1, "no more than one HELP", "# HELP a x", "# HELP a ");
        rejects(3, 1, "no more than one UNIT", "# UNIT a_s s", "# TYPE a_s gauge", "# UNIT a_s s");
    }

    @Test
    void metadataComesBeforeSamples() {
        rejects(2, 1, "before its samples", "a 1", "# TYPE a gauge");
        rejects(3, 1, "before its samples", "# TYPE a counter", "a_total 1", "# HELP a x");
        accepts("# TYPE a counter", "a_total 1", "# HELP b x");
    }

    @Test
    void aFamilyMayHaveNoSamplesOrNoMetadata() {
        accepts("# TYPE a histogram", "# TYPE b counter", "# HELP c x", "d 1", "e 1");
        accepts();
    }

    @Test
    void familiesAreNotInterleaved() {
        accepts("a{x=\"1\"} 1", "a{x=\"2\"} 1", "b 1");
        rejects(3, 1, "lines of a family together", "a{x=\"1\"} 1", "b 1", "a{x=\"2\"} 1");
        rejects(3, 1, "lines of a family together", "# HELP a x", "# HELP b x", "# TYPE a gauge", "b 1");
        rejects(3, 1, "sample of the counter a", "# TYPE a counter", "b 1", "a_total 1");
    }

    @Test
    void noTwoFamiliesMayHaveSamplesOfOneName() {
        rejects(3, 1, "sample of the histogram a", "# TYPE a histogram", "# TYPE a_count gauge", "a_count 1");
        rejects(2, 1, "sample of the unknown a_count", "# HELP a_count x", "# TYPE a histogram");
        rejects(
                4,
                1,
                "sample of the counter a",
                "# TYPE a counter",
                "a_total 1",
                "# TYPE a_created gauge",
                "a_created 1");
        rejects(3, 1, "sample of the counter a", "# TYPE a counter", "# TYPE a_total counter", "a_total_total 1");
        rejects(2, 1, "sample of the gauge a_info", "# TYPE a_info gauge", "# TYPE a info");
        rejects(2, 1, "sample of the counter a_b", "# TYPE a_b counter", "# TYPE a_b_total summary");
        rejects(3, 1, "sample of the counter a", "# TYPE a counter", "# HELP a_total x", "a_total 1");
    }

    @Test
    void namesThatOnlyLookLikeSamplesOfAnotherFamilyAreFree() {
        accepts("# TYPE a counter", "# TYPE a_count gauge", "a_count 1", "# TYPE a_sum gauge");
        accepts("# TYPE a gaugehistogram", "# TYPE a_count gauge", "# TYPE a_sum gauge", "# TYPE a_created gauge");
        accepts("# TYPE a gauge", "a 1", "a_total 1", "a_info 1", "a_bucket 1");
        accepts("# TYPE a counter", "a_total 1", "aa 1", "a_totals 1");
        accepts("# TYPE x_total counter", "x_total_total 1", "x 1");
    }

    @Test
    void theSuffixOfASampleFitsTheTypeOfItsFamily() {
        rejects(2, 1, "the counter to end in _total or _created", "# TYPE a counter", "a 1");
        rejects(2, 1, "the info to end in _info", "# TYPE a info", "a 1");
        rejects(2, 1, "the histogram to end in _bucket or _sum or _count", "# TYPE a histogram", "a 1");
        rejects(2, 1, "the gaugehistogram to end in _bucket or _gsum", "# TYPE a gaugehistogram", "a 1");
        accepts("# TYPE a gauge", "a 1");
        accepts("# TYPE a unknown", "a 1");
        accepts("# TYPE a info", "a_info 1");
        accepts("# TYPE a counter", "a_total 1", "a_created 5");
        accepts("# TYPE a summary", "a_sum 1", "a_count 1", "a_created 5", "a{quantile=\"1\"} 1");
    }

    @Test
    void infoAndStatesetHaveNoUnit() {
        accepts("# TYPE a_s stateset", "# UNIT a_s ");
        accepts("# UNIT a_s s", "# TYPE a_s summary");
        rejects(2, 1, "no unit", "# TYPE a_s stateset", "# UNIT a_s s");
        rejects(2, 1, "no unit", "# UNIT a_s s", "# TYPE a_s info");
    }

    @Test
    void namesThatStartWithAnUnderscoreAreReserved() {
        accepts("a_ 1", "a:b{c_=\"1\"} 1");
        rejects(1, 1, "does not start with _", "_a 1");
        rejects(1, 8, "does not start with _", "# TYPE _a gauge");
        rejects(1, 8, "does not start with _", "a{b=\"\",_c=\"1\"} 1");
        rejects(1, 4, "does not start with _", "a{\"_c\"=\"1\"} 1");
        rejects(2, 14, "does not start with _", "# TYPE a counter", "a_total 1 # {_c=\"1\"} 1");
    }

    @Test
    void quotedNamesFollowTheSameRules() {
        accepts(
                "# TYPE \"a.b\" counter",
                "{\"a.b_total\"} 1",
                "{\"a.b_created\",x=\"1\"} 1",
                "{\"a.b_total\",x=\"1\"} 1");
        rejects(3, 1, "sample of the counter a.b", "# TYPE \"a.b\" counter", "c 1", "{\"a.b_total\"} 1");
        rejects(2, 15, "neither negative nor NaN", "# TYPE \"a.b\" counter", "{\"a.b_total\"} -1");
    }
}
