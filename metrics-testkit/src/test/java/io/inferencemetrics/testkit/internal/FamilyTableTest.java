package io.inferencemetrics.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamilyTableTest {
    private final Measures measures = new Measures();

    private List<Family> read(String table) {
        return FamilyTable.read(table, measures, () -> false, Map.of("model", "tiny"));
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
}
