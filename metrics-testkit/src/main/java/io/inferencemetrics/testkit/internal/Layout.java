package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.snapshot.EngineVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a table of families is read for.
 *
 * @param version of the engine
 * @param traits words that conditions of rows may use
 * @param variables what stands for {@code {name}} in labels, escaped
 * @param whole what the engine knows as a whole
 * @param ranks its processes, one at least
 * @param begun whether it has had a request
 */
record Layout(
        EngineVersion version,
        Set<String> traits,
        Map<String, String> variables,
        Measures whole,
        List<Rank> ranks,
        BooleanSupplier begun) {

    /** Whether a word of a row's condition holds: a trait, or versions as in {@code 0.9.2..0.11}, both ends included. */
    boolean holds(String condition) {
        int dots = condition.indexOf("..");
        if (dots < 0) {
            return traits.contains(condition);
        }
        String from = condition.substring(0, dots);
        String to = condition.substring(dots + 2);
        return (from.isEmpty() || version.compareTo(EngineVersion.of(from)) >= 0)
                && (to.isEmpty() || version.compareTo(EngineVersion.of(to)) <= 0 || isOf(version, to));
    }

    /** Whether a version is the other one or a release of its line: 0.11.2 is of 0.11. */
    static boolean isOf(EngineVersion version, String line) {
        return version.text().equals(line) || version.text().startsWith(line + ".");
    }
}
