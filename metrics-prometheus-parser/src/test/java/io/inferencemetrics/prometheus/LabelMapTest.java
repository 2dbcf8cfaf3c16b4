package io.inferencemetrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class LabelMapTest {
    private final Map<String, String> labels = new LabelMap(new String[] {"z", "1", "a", "2"});

    @Test
    void isAMapInTheOrderOfTheLine() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("z", "1");
        expected.put("a", "2");
        assertThat(labels).isEqualTo(expected).hasSameHashCodeAs(expected).hasToString("{z=1, a=2}");
        assertThat(expected).isEqualTo(labels);
        assertThat(labels.keySet()).containsExactly("z", "a");
        assertThat(labels).containsEntry("a", "2").doesNotContainKey("b").doesNotContainKey("1");
        assertThat(labels.get("z")).isEqualTo("1");
        assertThat(labels.get("b")).isNull();
        assertThat(LabelMap.NONE).isEqualTo(Map.of());
    }

    @Test
    void cannotBeChanged() {
        var iterator = labels.entrySet().iterator();
        var entry = iterator.next();
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> labels.put("z", "3"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> labels.remove("b"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(labels::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(iterator::remove);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> entry.setValue("3"));
        assertThat(iterator.next()).isEqualTo(Map.entry("a", "2"));
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
    }
}
