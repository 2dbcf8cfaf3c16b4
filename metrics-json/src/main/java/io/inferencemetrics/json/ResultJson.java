package io.inferencemetrics.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.CollectResult;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import java.util.Locale;

/**
 * What came of a collect as JSON: the snapshot, or {@code {"error": {"kind", "message", "hint"}}}.
 *
 * <p>Stateless.
 */
public final class ResultJson {
    private ResultJson() {}

    /** The result as JSON. */
    public static ObjectNode write(CollectResult result) {
        if (result instanceof CollectResult.Success success) {
            return SnapshotJson.write(success.snapshot());
        }
        CollectResult.Failure failure = (CollectResult.Failure) result;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error")
                .put("kind", ReadingJson.word(failure.kind()))
                .put("message", failure.message())
                .put("hint", failure.hint());
        return json;
    }

    /**
     * The result that {@link #write(CollectResult)} wrote; a failure without its cause.
     *
     * @throws IllegalArgumentException when the JSON has another form
     */
    public static CollectResult read(JsonNode json) {
        if (!json.has("error")) {
            return new CollectResult.Success(SnapshotJson.read(json));
        }
        JsonNode error = json.get("error");
        FailureKind kind = FailureKind.valueOf(error.path("kind").asText().toUpperCase(Locale.ROOT));
        String message = error.path("message").asText();
        String hint = error.path("hint").asText();
        return new CollectResult.Failure(kind, message, hint, new CollectException(kind, message, hint, null));
    }
}
