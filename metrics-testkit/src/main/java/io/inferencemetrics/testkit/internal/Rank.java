package io.inferencemetrics.testkit.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that reports under labels of its own.
 *
 * @param variables what stands for {@code {name}} in its labels
 * @param measures what it knows; the same object for ranks that work on the same requests
 * @param reports whether it reports everything, not only what every process does
 */
record Rank(Map<String, String> variables, Measures measures, boolean reports) {
    private static final int FIRST_PROCESS_ID = 4217;

    /** The names of the variables that differ between ranks. */
    static final List<String> VARIABLES = List.of("{rank}", "{dp}", "{dp_rank}", "{tp}", "{scheduler_pid}");

    /**
     * The ranks of a variant.
     *
     * @param engines what each data-parallel engine knows
     */
    static List<Rank> of(Variant variant, List<Measures> engines) {
        List<Rank> ranks = new ArrayList<>();
        for (int dp = 0; dp < engines.size(); dp++) {
            for (int tp = 0; tp < variant.tensorParallel(); tp++) {
                int shownTp = variant.attentionParallel() ? dp : tp;
                Map<String, String> variables = Map.of(
                        "rank", Integer.toString(dp),
                        "dp", Integer.toString(variant.attentionParallel() ? dp : 0),
                        "dp_rank", engines.size() > 1 ? "dp_rank=\"" + dp + "\"," : "",
                        "tp", Integer.toString(shownTp),
                        "scheduler_pid", Integer.toString(FIRST_PROCESS_ID + ranks.size()));
                ranks.add(new Rank(variables, engines.get(dp), tp == 0 || variant.allSchedulers()));
            }
        }
        return ranks;
    }
}
