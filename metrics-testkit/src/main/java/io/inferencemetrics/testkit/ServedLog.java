package io.inferencemetrics.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was asked and sent. */
final class ServedLog {
    private static final int MAX_PATHS = 100;

    private final Map<String, Integer> requests = new HashMap<>();
    private final Deque<ServedBody> bodies = new ArrayDeque<>();
    private Map<String, List<String>> lastHeaders = Map.of();
    private int kept;

    synchronized void keep(int bodiesAtMost) {
        if (bodiesAtMost < 0) {
            throw new IllegalArgumentException("zero or more bodies to keep were expected, not " + bodiesAtMost);
        }
        kept = bodiesAtMost;
        trim();
    }

    synchronized void asked(String path, Map<String, List<String>> headers) {
        if (requests.size() < MAX_PATHS || requests.containsKey(path)) {
            requests.merge(path, 1, Integer::sum);
        }
        lastHeaders = Map.copyOf(headers);
    }

    synchronized void sent(ServedBody body) {
        bodies.add(body);
        trim();
    }

    private void trim() {
        while (bodies.size() > kept) {
            bodies.remove();
        }
    }

    synchronized int requests(String path) {
        return requests.getOrDefault(path, 0);
    }

    synchronized List<ServedBody> bodies() {
        return List.copyOf(bodies);
    }

    synchronized Map<String, List<String>> lastHeaders() {
        return lastHeaders;
    }
}
