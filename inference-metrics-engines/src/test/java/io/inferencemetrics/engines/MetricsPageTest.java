package io.inferencemetrics.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.spi.EngineProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dmetrics.page=write}, it writes the page anew. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("../docs/metrics.md");
    private static final String COMMAND = "mvn test -pl inference-metrics-engines -am -Dtest=MetricsPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dmetrics.page=write";

    private static final List<Catalog> ENGINES =
            Collectors.engines().stream().map(EngineProvider::catalog).toList();
    private static final String TEXT = new MetricsPage(ENGINES).text();

    private static CatalogRow row(String row) {
        return ENGINES.get(0).withRows("test", row).rows().get(0);
    }

    @Test
    void thePageSaysWhatVocabularyAndCataloguesSay() throws IOException {
        if ("write".equals(System.getProperty("metrics.page"))) {
            Files.writeString(PAGE, TEXT);
        }
        List<String> lines = Files.exists(PAGE) ? Files.readAllLines(PAGE) : List.of();
        List<String> current = TEXT.lines().toList();
        int same = 0;
        while (same < Math.min(lines.size(), current.size()) && lines.get(same).equals(current.get(same))) {
            same++;
        }
        assertThat(lines.stream().skip(same).findFirst())
                .as(
                        "line %d of docs/metrics.md is not what vocabulary and catalogues say; write the page anew:%n%s%n",
                        same + 1, COMMAND)
                .isEqualTo(current.stream().skip(same).findFirst());
    }

    @Test
    void everyMetricOfTheVocabularyStandsOnThePageOnce() {
        assertThat(MetricsPage.metrics())
                .as("MetricsPage.TOPICS sorts metrics by the first word of their names; give a new word its topic")
                .containsExactlyInAnyOrderElementsOf(LlmMetrics.all());
    }

    @Test
    void everyEngineStandsOnThePageWithItsOwnMetrics() {
        assertThat(ENGINES)
                .hasSizeGreaterThan(3)
                .allSatisfy(engine -> assertThat(TEXT)
                        .contains("\n| " + engine.title() + " | ")
                        .contains("\n## " + MetricsPage.ownTitle(engine) + "\n"));
    }

    @Test
    void everyLinkWithinThePageLeadsToAHeading() {
        List<String> headings = Pattern.compile("(?m)^#+ (.*)$")
                .matcher(TEXT)
                .results()
                .map(match -> Markdown.anchor(match.group(1)))
                .toList();
        Stream<String> links =
                Pattern.compile("\\]\\(#([^)]*)\\)").matcher(TEXT).results().map(match -> match.group(1));
        assertThat(headings).doesNotHaveDuplicates().containsAll(links.toList());
    }

    @Test
    void aFormulaIsWrittenWithTheParenthesesThatReadingItFromTheLeftStandsFor() {
        assertThat(RowWords.source(row("kv.used_tokens | = a / b - 1 * c round * b")))
                .isEqualTo("`round((a / b - 1) * c) * b`");
    }

    @Test
    void aRowSaysWhatIsTakenOfWhichSeriesInWhichUnit() {
        assertThat(RowWords.source(row("kv.memory_bytes | x:info | gauge | gibibytes | label:size | a=1,2 b!=None")))
                .isEqualTo("label `size` of `x:info`, where `a` is `1` or `2` and `b` is not `None`, in gibibytes");
        assertThat(RowWords.source(row("requests.success | x:c | gauge | | | p?=1,2,3,4,5,6 q~.+")))
                .isEqualTo("`x:c`, a gauge, where `p` is `1`, `2`, `3`, `4` or 2 more or missing and `q` is not empty");
    }

    @Test
    void aFormulaIsThereWhenAllItsTermsAre() {
        Catalog catalog = Catalog.parse("test", """
                engine x
                title X
                prefixes x:

                metric | family | kind | unit | take | where | over | versions
                prefix.hits | x:h | counter | | | | | 3..5
                prefix.hits | x:g | counter | | | | | 4..6
                prefix.hits | x:old | counter | | | | | 1..1
                prefix.hits | x:never | counter | | | | | none
                prefix.queries | x:q | counter | | | | | ..5 | load
                prefix.hit_ratio | = prefix.hits / prefix.queries
                tokens.cached | = prefix.hits - x:never
                """, List.of());
        Availability availability = new Availability(catalog);
        assertThat(catalog.rows().stream().map(availability::versions))
                .containsExactly("3 to 5", "4 to 6", "1", "no version", "up to 5", "3 to 5, 1", "no version");
        assertThat(catalog.rows().stream().map(availability::appears))
                .containsExactly("", "", "", "", "after the first request", "after the first request", "");
    }

    @Test
    void namesInASentenceAreSetAsCode() {
        assertThat(Markdown.sentence("see x:a_total, kv_cache and --enable-lora at /v1/loads, tokens/s, 3 * 4 < a"))
                .isEqualTo("see `x:a_total`, `kv_cache` and `--enable-lora` at `/v1/loads`, tokens/s, 3 \\* 4 &lt; a");
    }

    @Test
    void aRowSaysWhenItsFamilyAppears() {
        assertThat(RowWords.appears(row("requests.running | x:a | gauge"))).isEmpty();
        assertThat(RowWords.appears(row("requests.running | x:a | gauge | | | | | 1.. | load ..2")))
                .isEqualTo("after the first request (up to 2)");
        assertThat(RowWords.appears(row("requests.running | x:a | gauge | | | | | | option --enable-lora")))
                .isEqualTo("with `--enable-lora`");
    }
}
