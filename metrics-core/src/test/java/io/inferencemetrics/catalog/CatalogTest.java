package io.inferencemetrics.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.metric.Unit;
import io.inferencemetrics.snapshot.Trust;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
    private static final String HEADER =
            "engine e\ntitle The Engine\nport 80\nprefixes e:\nlabel rank dimension dp_rank\n";

    private static Catalog catalog(String rows) {
        return Catalog.parse("test", HEADER + rows, List.of());
    }

    private static CatalogRow row(String row) {
        return catalog(row).rows().get(0);
    }

    @Test
    void theHeaderSaysWhoTheEngineIs() {
        Catalog catalog = catalog("");
        assertThat(catalog.engine()).isEqualTo("e");
        assertThat(catalog.title()).isEqualTo("The Engine");
        assertThat(catalog.port()).hasValue(80);
        assertThat(catalog.prefixes()).containsExactly("e:");
        assertThat(catalog.digits()).isEmpty();
        assertThat(catalog("digits 6").digits()).hasValue(6);
        assertThat(Catalog.parse("t", "engine e\nprefixes e:", List.of()).port())
                .isEmpty();
    }

    @Test
    void aQuestionSaysWhatIsAskedWhereAndAtWhatCost() {
        Catalog catalog = catalog("ask version /v1/x?y=z /a/0/b versions=1.0..2.0 cost=scheduler -- only with --x\n"
                + "ask models /info - id=/name parent=/base\nask health /health status 200=ready 503=loading\n");
        assertThat(catalog.questions()).hasSize(3);
        Question version = catalog.questions().get(0);
        assertThat(version.about()).isEqualTo(Question.About.VERSION);
        assertThat(version.path()).isEqualTo("/v1/x?y=z");
        assertThat(version.pointer()).isEqualTo("/a/0/b");
        assertThat(version.cost()).isEqualTo(Question.Cost.SCHEDULER);
        assertThat(version.versions()).hasToString("1.0..2.0");
        assertThat(version.note()).isEqualTo("only with --x");
        Question models = catalog.questions().get(1);
        assertThat(models.pointer()).isEmpty();
        assertThat(models.parts()).containsExactlyInAnyOrderEntriesOf(Map.of("id", "/name", "parent", "/base"));
        assertThat(models.cost()).isEqualTo(Question.Cost.CHEAP);
        assertThat(catalog.questions().get(2).parts()).containsEntry("503", "loading");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask version /version",
                "ask version version /version",
                "ask version /version version",
                "ask colour /version /version",
                "ask version /version /version cost=much",
                "ask version /version /version cheap",
                "ask version /version /version id=/id",
                "ask version /version status",
                "ask models /v1/models /data",
                "ask models /v1/models /data id=/id owner=/owner",
                "ask health /health /status",
                "ask health /health status 200=fine",
            })
    void aQuestionThatCannotBeUnderstoodIsRefusedWithItsLine(String line) {
        assertThatThrownBy(() -> catalog(line))
                .isInstanceOf(CatalogException.class)
                .hasMessageStartingWith("test, line 6: ");
    }

    @Test
    void furtherRowsBringNoHeader() {
        assertThatThrownBy(() -> catalog("").withRows("more", "ask version /version /version"))
                .isInstanceOf(CatalogException.class)
                .hasMessageStartingWith("more, line 1: a row with | was expected");
    }

    @Test
    void aRowSaysAllThatItsCellsSay() {
        CatalogRow row = row(
                "kv.usage_ratio | e:usage | gauge | percent | | a=b,c d!=e | pid=sum | 1.0..2.0.post1 | option --x | approximate | A note.");
        assertThat(row.metric()).isEqualTo(LlmMetrics.KV_USAGE);
        assertThat(row.family()).isEqualTo("e:usage");
        assertThat(row.unit()).isEqualTo(Unit.PERCENT);
        assertThat(row.where()).hasSize(2);
        assertThat(row.over()).containsKey("pid");
        assertThat(row.versions()).hasToString("1.0..2.0.post1");
        assertThat(row.appears().option()).isEqualTo("--x");
        assertThat(row.trust()).isEqualTo(Trust.APPROXIMATE);
        assertThat(row.note()).isEqualTo("A note.");
        assertThat(row.isOwn()).isFalse();
        assertThat(row.source()).isEqualTo("e:usage");
    }

    @Test
    void theEnginesOwnMetricsAreTypedByTheirKind() {
        Catalog catalog = catalog("""
                - | e:g | gauge | seconds | | | series=min | | | | Meaning.
                - | e:r | gauge | ratio
                - | e:h | histogram | seconds
                - | e:s | summary | seconds
                - | e:i | info
                - | e:c_total | counter | tokens
                """);
        assertThat(catalog.metric("e:g")).get().isInstanceOf(GaugeMetric.class);
        assertThat(catalog.metric("e:g").orElseThrow().overRanks()).isEqualTo(Aggregation.MIN);
        assertThat(catalog.metric("e:g").orElseThrow().meaning()).isEqualTo("Meaning.");
        assertThat(catalog.metric("e:r")).get().isInstanceOf(RatioMetric.class);
        assertThat(catalog.metric("e:r").orElseThrow().overRanks()).isEqualTo(Aggregation.MEAN);
        assertThat(catalog.metric("e:h")).get().isInstanceOf(HistogramMetric.class);
        assertThat(catalog.metric("e:s")).get().isInstanceOf(HistogramMetric.class);
        assertThat(catalog.metric("e:i")).get().isInstanceOf(TextMetric.class);
        assertThat(catalog.rows()).allMatch(CatalogRow::isOwn);
    }

    @Test
    void rowsOfAnApplicationGoBeforeThoseOfTheEngine() {
        Catalog catalog =
                catalog("requests.running | e:a | gauge\n").withRows("mine", "requests.running | e:b | gauge");
        assertThat(catalog.rows()).extracting(CatalogRow::family).containsExactly("e:b", "e:a");
        assertThat(catalog.engine()).isEqualTo("e");
    }

    @Test
    void aMetricOfAPluginCanBeNamed() {
        GaugeMetric mine = GaugeMetric.of("my.metric", Unit.ONE, "Mine.", Aggregation.SUM);
        Catalog catalog = Catalog.parse("t", HEADER + "my.metric | e:m | gauge", List.of(mine));
        assertThat(catalog.metric("my.metric")).contains(mine);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no.such.metric | e:a | gauge",
                "requests.running | e:a | thing",
                "requests.running | e:a | gauge | parsecs",
                "requests.running | e:a | gauge | seconds",
                "requests.running | e:a | gauge | | some",
                "requests.running | e:a | gauge | | | broken",
                "requests.running | e:a | gauge | | | | pid",
                "requests.running | e:a | gauge | | | | pid=merge",
                "requests.running | e:a | gauge | | | | series=most",
                "requests.running | e:a | gauge | | | | | 1.0",
                "requests.running | e:a | gauge | | | | | x..",
                "requests.running | e:a | gauge | | | | | | never",
                "requests.running | e:a | gauge | | | | | | | wild",
                "requests.running | = a ? b",
                "requests.running | = a +",
                "a | b | c | d | e | f | g | h | i | j | k | l",
                "label x odd y",
                "nonsense",
            })
    void aLineThatCannotBeReadIsNamed(String line) {
        String series = line.replace("requests.running | e:a | gauge | | | | series", "- | e:a | gauge | | | | series");
        assertThatThrownBy(() -> catalog("# fine\n\n" + series))
                .isInstanceOf(CatalogException.class)
                .hasMessageStartingWith("test, line 8: ");
    }

    @Test
    void aHeaderWithoutEngineOrAMissingResourceIsRefused() {
        assertThatThrownBy(() -> Catalog.parse("t", "title x", List.of())).hasMessageContaining("engine");
        assertThatThrownBy(() -> Catalog.load("nothing.catalog", CatalogTest.class::getResourceAsStream))
                .hasMessageContaining("nothing.catalog");
    }

    @ParameterizedTest
    @CsvSource({
        "e:a,        VALUE,  e:a,       true",
        "e_a,        VALUE,  e:a,       true",
        "e:h_bucket, BUCKET, e:h,       true",
        "e:h_sum,    SUM,    e:h,       true",
        "e:h_count,  COUNT,  e:h,       true",
        "e:h,        VALUE,  e:h,       true",
        "e:h_created, CREATED, e:h,     true",
        "e:c_created, CREATED, e:c_total, true",
        "e:a_bucket, VALUE,  e:a_bucket, false",
        "e:new,      VALUE,  e:new,     false",
        "plain_total, VALUE, plain_total, true",
        "e:total_tokens_total_bucket, BUCKET, e:total_tokens_total, true",
    })
    void namesOfSamplesAreRecognised(String name, String part, String family, boolean known) {
        FamilyNames names = catalog("""
                        requests.running | e:a | gauge
                        - | e:h | histogram | seconds
                        - | e:c_total | counter
                        - | plain_total | counter
                        - | e:total_tokens_total | histogram | tokens
                        """).names();
        FamilyNames.Recognised recognised = names.recognise(name).orElseThrow();
        assertThat(recognised.part().name()).isEqualTo(part);
        assertThat(recognised.family()).isEqualTo(family);
        assertThat(recognised.known()).isEqualTo(known);
    }

    @Test
    void namesOfOthersAreNotRecognised() {
        FamilyNames names = catalog("requests.running | e:a | gauge").names();
        assertThat(names.recognise("python_info")).isEmpty();
        assertThat(names.recognise("a")).isEmpty();
        assertThat(names.recognise("e:")).isEmpty();
    }

    @Test
    void selectorsCompareLabels() {
        assertThat(LabelSelector.parse("a=x,y").accepts("y")).isTrue();
        assertThat(LabelSelector.parse("a=x,y").accepts(null)).isFalse();
        assertThat(LabelSelector.parse("a?=x").accepts(null)).isTrue();
        assertThat(LabelSelector.parse("a?=x").accepts("y")).isFalse();
        assertThat(LabelSelector.parse("a!=x").accepts("x")).isFalse();
        assertThat(LabelSelector.parse("a!=x").accepts(null)).isTrue();
        assertThat(LabelSelector.parse("a~5..").accepts("503")).isTrue();
        assertThat(LabelSelector.parse("a~5..").accepts("5030")).isFalse();
    }

    @Test
    void formulasGoFromLeftToRight() {
        Formula formula = Formula.parse(" a / b - 1 * c round");
        assertThat(formula.terms()).containsExactly("a", "b", "c");
        assertThat(formula.apply(name -> name.equals("a") ? 10 : name.equals("b") ? 4 : 3))
                .isEqualTo(4);
        assertThat(formula).hasToString("a / b - 1 * c round");
        assertThat(Formula.parse("a / b").apply(name -> 0)).isNaN();
        assertThat(Formula.parse("a + b").apply(name -> 2)).isEqualTo(4);
        assertThat(Formula.parse("a").isAlias()).isTrue();
    }
}
