package io.inferencemetrics.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.vllm.QuantileErrors.Result;
import io.inferencemetrics.window.Estimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seven shapes of times, twenty runs each, through the histograms of a simulated vLLM. */
class QuantileErrorsTest {
    private static final Path PAGE = Path.of("../docs/design/quantiles.md");
    private static final String BEGIN = "<!-- errors: written by QuantileErrorsTest -->\n";
    private static final String END = "<!-- end of errors -->\n";
    private static final String COMMAND = "mvn test -pl metrics-engine-vllm -am -Dtest=QuantileErrorsTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dquantiles.page=write";

    private static final List<Result> RESULTS = QuantileErrors.results();

    @Test
    void theBracketHoldsTheTruthWhateverTheShape() {
        assertThat(RESULTS).allSatisfy(result -> {
            assertThat(result.truth())
                    .isGreaterThan(result.linear().low())
                    .isLessThanOrEqualTo(result.linear().high());
            assertThat(result.linear().count()).isEqualTo(300);
            assertThat(result.bySum().low()).isEqualTo(result.linear().low());
            assertThat(result.bySum().high()).isEqualTo(result.linear().high());
        });
    }

    @Test
    void noEstimateLeavesItsBracket() {
        assertThat(RESULTS).allSatisfy(result -> {
            assertThat(result.linear().value())
                    .isBetween(result.linear().low(), result.linear().high());
            assertThat(result.bySum().value())
                    .isBetween(result.bySum().low(), result.bySum().high());
        });
    }

    @Test
    void theExactSumBeatsInterpolationAlone() {
        assertThat(mean(Estimate.BY_SUM)).isLessThan(0.6 * mean(Estimate.LINEAR));
    }

    private static double mean(Estimate estimate) {
        return RESULTS.stream()
                .filter(result -> !result.linear().inOverflowBucket())
                .mapToDouble(result -> result.error(estimate))
                .average()
                .orElseThrow();
    }

    @Test
    void thePageHasTheseErrors() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String current = page.substring(0, begin) + QuantileErrors.table(RESULTS) + page.substring(end);
        if ("write".equals(System.getProperty("quantiles.page"))) {
            Files.writeString(PAGE, current);
        }
        assertThat(Files.readString(PAGE)).as("write the page anew: " + COMMAND).isEqualTo(current);
    }
}
