package io.inferencemetrics.testkit.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which adapters ran and waited together, and when last; no combination is ever forgotten. */
final class LoraLog {
    private final List<String> adapters;
    private final Map<String, Double> lastSeen = new LinkedHashMap<>();
    private int next;

    LoraLog(List<String> adapters, Measures measures) {
        this.adapters = adapters;
        measures.states("loras", () -> lastSeen);
    }

    /** The adapter of the next request; empty for none. */
    String take() {
        int index = next++ % (adapters.size() + 1);
        return index == 0 ? "" : adapters.get(index - 1);
    }

    /** @param seconds since 1970 */
    void see(Collection<Request> running, Collection<Request> waiting, double seconds) {
        if (!adapters.isEmpty()) {
            String labels = "max_lora=\"" + adapters.size() + "\",running_lora_adapters=\"" + named(running.stream())
                    + "\",waiting_lora_adapters=\"" + named(waiting.stream()) + '"';
            lastSeen.put(labels, seconds);
        }
    }

    private static String named(Stream<Request> requests) {
        return requests.map(Request::adapter)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }
}
