package io.inferencemetrics.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Answers paths with what a test says, others with 404, and writes down what it was asked. */
final class FakeServer extends Dispatcher {
    private final Map<String, MockResponse> answers = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    FakeServer json(String path, String body) {
        return answer(
                path,
                new MockResponse.Builder()
                        .addHeader("Content-Type", "application/json")
                        .body(body)
                        .build());
    }

    FakeServer status(String path, int status) {
        return answer(path, new MockResponse.Builder().code(status).body("{}").build());
    }

    FakeServer answer(String path, MockResponse response) {
        answers.put(path, response);
        return this;
    }

    List<String> asked() {
        return asked;
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        asked.add(path);
        String authorization = request.getHeaders().get("Authorization");
        authorizations.add(authorization == null ? "" : authorization);
        return answers.getOrDefault(path, new MockResponse.Builder().code(404).build());
    }
}
