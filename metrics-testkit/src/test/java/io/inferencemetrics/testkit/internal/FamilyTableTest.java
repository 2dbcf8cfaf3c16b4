package io.inferencemetrics.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.inferencemetrics.snapshot.EngineVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamilyTableTest {
    private final Measures measures = new Measures();

    private List<Family> read(String table) {
        return FamilyTable.read(table, layout(Variant.PLAIN, "1.2.3"));
    }

    private Layout layout(Variant variant, String version) {
        return new Layout(
                EngineVersion.of(version),
                variant.traits(),
                Map.of("model", "tiny"),
                measures,
                Rank.of(variant, Collections.nCopies(variant.dataParallel(), measures)),
                () -> false);
    }

    @Test
    void rowsWithoutANameBelongToTheFamilyAbove() {
        Count count = measures.count("things");
        List<Family> families = read("""
                # a comment
                labels E engine="0",model_name="{model}"
                family | type | labels | reads | buckets | help
                a_total | counter | @E,kind="x" | things*0.5 | | Some help.\\s
                        |         | @E,kind="y" | things?
                b | gauge | | 7
                """);
        count.add(3);

        assertThat(families).extracting(Family::name).containsExactly("a_total", "b");
        assertThat(families.get(0).help()).isEqualTo("Some help. ");
        assertThat(families.get(0).series())
                .extracting(Series::labels)
                .containsExactly(
                        "engine=\"0\",model_name=\"tiny\",kind=\"x\"", "engine=\"0\",model_name=\"tiny\",kind=\"y\"");
        assertThat(families.get(0).series().get(0))
                .isInstanceOfSatisfying(
                        Series.Number.class,
                        number -> assertThat(number.source().getAsDouble()).isEqualTo(1.5));
    }

    @Test
    void aSeriesThatIsShownOnlyOnceSeenIsAbsentBefore() {
        Distribution times = measures.distribution("times");
        Family family = read("t | histogram | | times? | growing 1 2 3 |").get(0);
        assertThat(family.present()).isEmpty();
        times.observe(5);

        assertThat(family.present()).hasSize(1);
        assertThat(((Series.Observations) family.series().get(0)).bounds()).containsExactly(2, 4, 8);
        assertThat(((Series.Observations) family.series().get(0)).histogram().cumulative())
                .containsExactly(0, 0, 1, 1);
    }

    @Test
    void aMeasureThatNobodyTakesIsNamed() {
        measures.count("known");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("a | gauge | | unknown"))
                .withMessageContaining("unknown")
                .withMessageContaining("known");
    }

    @Test
    void whatStandsInBracketsHasToHold() {
        String table = """
                [..1.2] old | gauge | | 1
                            |       | more="1" | 2
                [1.2..] new | gauge | a="1" | 1
                [1.3..]     |       | a="2" | 2
                [multi] b   | gauge | | 3
                """;

        assertThat(FamilyTable.read(table, layout(Variant.PLAIN, "1.2.3")))
                .extracting(Family::name, family -> family.series().size())
                .containsExactly(tuple("old", 2), tuple("new", 1));
        assertThat(FamilyTable.read(table, layout(Variant.PLAIN.withMultiProcess(), "1.3")))
                .extracting(Family::name, family -> family.series().size())
                .containsExactly(tuple("new", 2), tuple("b", 1));
    }

    @Test
    void aRankThatDoesNotReportHasOnlyWhatEveryRankHas() {
        measures.number("seven", () -> 7);
        String table = """
                a         | gauge | tp="{tp}" | seven
                [every] b | gauge | tp="{tp}" | seven
                [zero] c  | gauge | tp="{tp}" | seven
                d         | gauge |           | seven
                """;

        assertThat(FamilyTable.read(table, layout(Variant.PLAIN.withTensorParallel(2), "1")))
                .extracting(family -> family.series().stream()
                        .map(series -> series.labels()
                                + ((Series.Number) series).source().getAsDouble())
                        .toList())
                .containsExactly(
                        List.of("tp=\"0\"7.0"),
                        List.of("tp=\"0\"7.0", "tp=\"1\"7.0"),
                        List.of("tp=\"0\"7.0", "tp=\"1\"0.0"),
                        List.of("7.0"));
    }
}
