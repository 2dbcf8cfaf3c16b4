package io.inferencemetrics.prometheus;

import static io.inferencemetrics.prometheus.Validation.accepts;
import static io.inferencemetrics.prometheus.Validation.rejects;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What OpenMetrics asks of a sample by itself: its value, its labels, its exemplar. */
class ValidatingSamplesTest {
    private static final String INF = "a_bucket{le=\"+Inf\"} ";

    @Test
    void countsAndSumsAreNeitherNegativeNorNaN() {
        for (String bad : List.of("-1", "NaN", "-Inf", "-1e-300")) {
            rejects(2, 9, "neither negative nor NaN", "# TYPE a counter", "a_total " + bad);
            rejects(2, 7, "neither negative nor NaN", "# TYPE a summary", "a_sum " + bad);
            rejects(2, 9, "neither negative nor NaN", "# TYPE a summary", "a_count " + bad);
            rejects(2, 7, "neither negative nor NaN", "# TYPE a histogram", "a_sum " + bad, INF + 1);
            rejects(2, 10, "neither negative nor NaN", "# TYPE a gaugehistogram", "a_gcount " + bad, INF + 1);
            rejects(2, 21, "neither negative nor NaN", "# TYPE a gaugehistogram", INF + bad);
        }
        accepts("# TYPE a counter", "a_total -0.0", "a_total{x=\"1\"} +Inf", "a_total{x=\"2\"} 1.5");
        accepts("# TYPE a summary", "a_sum 0", "a_sum{x=\"1\"} 0.5");
        accepts("# TYPE a gauge", "a -1", "a{x=\"1\"} NaN", "b -Inf");
    }

    @Test
    void countsAreWholeNumbers() {
        rejects(2, 9, "whole number", "# TYPE a summary", "a_count 1.5");
        rejects(2, 21, "whole number", "# TYPE a histogram", INF + "0.5");
        rejects(2, 21, "whole number", "# TYPE a histogram", INF + "+Inf");
        rejects(2, 10, "whole number", "# TYPE a gaugehistogram", "a_gcount 0.5", INF + "1");
        accepts("# TYPE a histogram", INF + "42.0");
        accepts("# TYPE a summary", "a_count 1e300");
    }

    @Test
    void theSumOfAGaugehistogramIsNotNaN() {
        rejects(2, 8, "not NaN", "# TYPE a gaugehistogram", "a_gsum NaN", INF + 1);
        accepts("# TYPE a gaugehistogram", "a_gsum +Inf", INF + 1, "a_gcount 1");
    }

    @Test
    void timestampsFitA64BitNumber() {
        rejects(1, 5, "64-bit", "a 1 1e400");
        rejects(1, 5, "64-bit", "a 1 -1e30123");
        rejects(2, 20, "64-bit", "# TYPE a counter", "a_total 1 # {} 0.5 1e400");
        accepts("a 1 1e300", "a{x=\"1\"} 1 1e-400");
    }

    @Test
    void createdIsATime() {
        rejects(2, 11, "time in seconds", "# TYPE a counter", "a_created NaN", "a_total 1");
        rejects(2, 11, "time in seconds", "# TYPE a summary", "a_created +Inf");
        accepts("# TYPE a summary", "a_created -1.5e3");
    }

    @Test
    void anInfoIsOneAndAStateOneOrZero() {
        rejects(2, 8, "value 1 of an info", "# TYPE a info", "a_info 0");
        rejects(2, 8, "value 1 of an info", "# TYPE a info", "a_info NaN");
        accepts("# TYPE a info", "a_info 1.0");
        rejects(2, 10, "0 or 1 of a state", "# TYPE a stateset", "a{a=\"p\"} 0.5");
        accepts("# TYPE a stateset", "a{a=\"p\"} 1.0", "a{a=\"\"} 0e0");
    }

    @Test
    void aStateNamesItsState() {
        rejects(2, 1, "label named like it", "# TYPE a stateset", "a{b=\"p\"} 1");
        accepts("# TYPE \"a.b\" stateset", "{\"a.b\",\"a.b\"=\"p\"} 1");
    }

    @Test
    void quantilesAreFromZeroToOne() {
        accepts("# TYPE a summary", "a{quantile=\"0\"} NaN", "a{quantile=\"0.5\"} 0", "a{quantile=\"1e0\"} +Inf");
        for (String bad : List.of("-0.1", "1.01", "NaN", "", "x", " 1", "0x1p-3", "1d", "1e400")) {
            rejects(2, 13, "quantile from 0 to 1", "# TYPE a summary", "a{quantile=\"" + bad + "\"} 1");
        }
        rejects(2, 1, "label quantile", "# TYPE a summary", "a 1");
        rejects(2, 17, "not to be negative", "# TYPE a summary", "a{quantile=\"1\"} -1");
        rejects(2, 7, "on quantiles only", "# TYPE a summary", "a_sum{quantile=\"1\"} 1");
        accepts("# TYPE a gauge", "a{quantile=\"7\",le=\"x\"} 1", "b{quantile=\"\"} 1");
    }

    @Test
    void boundsAreNumbers() {
        accepts("# TYPE a histogram", "a_bucket{le=\"-Inf\"} 0", "a_bucket{le=\"00.10\"} 0", INF + 0);
        for (String bad : List.of("", "NaN", "nan", "x", "1 ", "1_0", "1e400")) {
            rejects(2, 14, "number other than NaN", "# TYPE a histogram", "a_bucket{le=\"" + bad + "\"} 1", INF + 1);
        }
        for (String bad : List.of("Inf", "+INF", "inf", "+Infinity")) {
            rejects(2, 14, "as +Inf", "# TYPE a gaugehistogram", "a_bucket{le=\"" + bad + "\"} 1");
        }
        rejects(2, 1, "a label le", "# TYPE a histogram", "a_bucket 1");
        rejects(2, 9, "on buckets only", "# TYPE a histogram", "a_count{le=\"1\"} 1");
        accepts("a_bucket 1", "b_bucket{le=\"x\"} -1");
    }

    @Test
    void aBoundWithAnEscapeIsPointedAtFromTheStartOfItsLine() {
        rejects(2, 1, "number other than NaN", "# TYPE a histogram", "a_bucket{le=\"\\n\"} 1", INF + 1);
    }

    @Test
    void exemplarsBelongToTotalsAndBuckets() {
        accepts("# TYPE a counter", "a_total 1 # {} 1", "a_created 1");
        accepts("# TYPE a histogram", INF + "1 # {x=\"1\"} 1 1");
        accepts("# TYPE a gaugehistogram", INF + "1 5 # {x=\"1\"} NaN");
        rejects(2, 5, "exemplars on the total", "# TYPE a gauge", "a 1 # {} 1");
        rejects(1, 15, "type unknown", "a_total 1 123 # {} 1");
        rejects(2, 13, "type counter", "# TYPE a counter", "a_created 1 # {} 1", "a_total 1");
        rejects(2, 11, "type histogram", "# TYPE a histogram", "a_count 1 # {} 1", INF + 1);
        rejects(2, 11, "type summary", "# TYPE a summary", "a_count 1 # {} 1");
        rejects(2, 10, "type info", "# TYPE a info", "a_info 1 # {} 1");
        rejects(2, 12, "type stateset", "# TYPE a stateset", "a{a=\"p\"} 1 # {} 1");
    }

    @Test
    void exemplarsHaveAtMost128CharactersOfLabels() {
        String wide = "\u2603".repeat(120);
        accepts("# TYPE a counter", "a_total 1 # {a=\"" + wide + "\",bc=\"12\\n\ud83d\ude00x\"} 1");
        rejects(
                2,
                11,
                "at most 128",
                "# TYPE a counter",
                "a_total 1 # {a=\"" + wide + "\",bc=\"12\\n\ud83d\ude00xy\"} 1");
    }

    @Test
    void theLabelsOfAnExemplarAreUnique() {
        String body = "# TYPE a counter\na_total 1 # {x=\"1\",x=\"2\"} 1\n# EOF\n";
        Recording recording = Recording.ofCursor(body.getBytes(UTF_8), ParserOptions.validating());
        assertThat(recording.failure())
                .startsWith("line 2, column 20: expected a label name that is not there already");
        accepts("# TYPE a counter", "a_total{x=\"1\"} 1 # {x=\"1\",y=\"2\"} 1");
    }

    @Test
    void theExemplarOfABucketLiesWithinIt() {
        accepts("# TYPE a histogram", "a_bucket{le=\"1\"} 1 # {} 1", INF + "1 # {} 1e300");
        accepts("# TYPE a histogram", "a_bucket{le=\"1\"} 1 # {} -7", INF + "1 # {} 0");
        rejects(2, 20, "within its bucket", "# TYPE a histogram", "a_bucket{le=\"1\"} 1 # {} 1.1", INF + 1);
        rejects(2, 20, "within its bucket", "# TYPE a histogram", "a_bucket{le=\"1\"} 1 # {} NaN", INF + 1);
    }
}
