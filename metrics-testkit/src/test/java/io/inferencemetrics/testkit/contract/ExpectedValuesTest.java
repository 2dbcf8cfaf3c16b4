package io.inferencemetrics.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedValuesTest {
    private static final String BODY = """
            small_running{model_name="m",rank="0"} 3
            small_running{model_name="m",rank="1"} 4
            small_waiting 2
            small_prompt_total 100
            small_ttft_seconds_bucket{le="1"} 2
            small_ttft_seconds_bucket{le="+Inf"} 2
            small_ttft_seconds_sum 0.3
            small_ttft_seconds_count 2
            small_other 1
            not a sample
            """;

    private static final String ALL = """
            # all that the body says
            requests.running = 7
            requests.running{model_name=m,rank=1} = 4
            requests.waiting = 2 approximate
            tokens.prompt = 100
            tokens.generated = absent UNKNOWN
            latency.ttft = count 2 sum 0.3
            model.name = "m"
            otherwise = absent NOT_EXPOSED
            coverage.found = 4
            coverage.unmapped = 1
            coverage.skipped = 1
            coverage.version = 1.0..
            """;

    @TempDir
    private Path folder;

    private List<String> differences(String expected) throws IOException {
        MetricsSnapshot snapshot = Collectors.forEngine("small")
                .transport(new BodyTransport(BODY.getBytes(StandardCharsets.UTF_8), "text/plain"))
                .collect("http://test:1");
        return ExpectedValues.read(Files.writeString(folder.resolve("expected"), expected))
                .differences(snapshot);
    }

    @Test
    void aBodyThatSaysWhatIsExpectedDiffersInNothing() throws IOException {
        assertThat(differences(ALL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests.running = 8",
                "requests.running{model_name=m,rank=1} = 5",
                "requests.running{model_name=m,rank=2} = 4",
                "requests.waiting = 2",
                "requests.waiting = 2 derived",
                "tokens.generated = 0",
                "tokens.generated = absent NOT_IN_VERSION",
                "latency.ttft = count 2 sum 0.4",
                "latency.ttft = no observations",
                "model.name = \"n\"",
                "coverage.found = 3",
                "coverage.skipped = 0",
                "coverage.version = 2.0..",
                "coverage.nonsense = 1",
                "small_nonsense = 1"
            })
    void everyDifferenceIsNamedOnce(String line) throws IOException {
        String name = line.substring(0, line.lastIndexOf(" = "));
        assertThat(differences(ALL.replaceFirst("(?m)^" + Pattern.quote(name) + " = .*\n", "") + line))
                .singleElement()
                .asString()
                .startsWith(name + ": expected ");
    }

    @Test
    void whatTheLineForTheOthersIsWrongAboutIsNamed() throws IOException {
        assertThat(differences(ALL.replace("tokens.prompt = 100\n", "")))
                .singleElement()
                .asString()
                .startsWith("tokens.prompt: ")
                .contains("absent NOT_EXPOSED was expected", "was 100");
    }

    @Test
    void withoutThatLineEveryMetricNeedsOneOfItsOwn() throws IOException {
        assertThat(differences(ALL.replace("otherwise = absent NOT_EXPOSED\n", "")))
                .contains("requests.swapped: the file says nothing of it");
    }
}
