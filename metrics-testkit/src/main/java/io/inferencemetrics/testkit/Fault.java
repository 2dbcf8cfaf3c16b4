package io.inferencemetrics.testkit;

import io.inferencemetrics.testkit.internal.Answer;
import io.inferencemetrics.testkit.internal.Answer.Delivery;
import io.inferencemetrics.testkit.internal.BodyEdits;
import io.inferencemetrics.testkit.internal.Endpoints;

/**
 * A way in which a server's metrics are broken, each after something that happens.
 *
 * <p>{@link #CONNECTION_REFUSED}, {@link #LOADING} and {@link #LOGIN_PAGE} concern all paths, the others only the metrics.
 */
public enum Fault {
    /** Nobody listens: the server crashed, is still starting, or the port is wrong. */
    CONNECTION_REFUSED,
    /** Status 503, as the engine says it: the model is still being loaded, or the engine behind the server died. */
    LOADING,
    /** Status 500: the server failed while it collected, as vLLM does when its folder of several processes is gone. */
    SERVER_ERROR,
    /** Status 404, as the engine says it: SGLang without {@code --enable-metrics}, or another path than was thought. */
    NOT_FOUND,
    /** Status 401: an API key guards the metrics, as SGLang's did until 0.4.5.post2, or a proxy does. */
    UNAUTHORIZED,
    /** Status 200 and an HTML page: a proxy sends whoever is not known to it to its login. */
    LOGIN_PAGE,
    /** Status 200 and no byte: a server of several processes, none of which has counted anything yet. */
    EMPTY_BODY,
    /** Status 200 and a JSON list: TensorRT-LLM's {@code /metrics}, whose Prometheus text is elsewhere. */
    JSON_LIST,
    /** Only families of the process and its HTTP server: vLLM with {@code --disable-log-stats}. */
    NO_ENGINE_FAMILIES,
    /** The connection ends in the middle of the body: the server or a proxy was stopped while it answered. */
    TRUNCATED_BODY,
    /** A whole answer of HTTP whose length ends in the middle of a line: a proxy that counts characters for bytes. */
    WRONG_CONTENT_LENGTH,
    /**
     * A body without an end, as fast as it is read: one label with a value for every user. Only a limit of the reader ends
     * it, or {@link SimulatedEngine#resume()}.
     */
    ENDLESS_BODY,
    /** A line that is no metric in the middle: a script that glues files together caught a stack trace. */
    GARBAGE_LINE,
    /** Every sample twice: an exporter that tells two processes apart by no label. */
    DUPLICATED_SERIES,
    /** All gauges are NaN: ratios of nothing by nothing, before the first request. */
    NAN_VALUES,
    /** Counters and histograms halve while the start time stays: of two processes that were added up, one is gone. */
    COUNTER_GOES_BACK,
    /** Colons in sample names are underscores, in comments they are not: OpenMetrics from a recent Python client. */
    ESCAPED_NAMES;

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String LOGIN = """
            <!DOCTYPE html>
            <html><head><title>Sign in</title></head>
            <body><form method="post" action="/login"><input name="user"><input name="password" type="password">
            </form></body></html>
            """;
    private static final String ITERATIONS = "[{\"iter\":1,\"iterLatencyMS\":13.2,\"numActiveRequests\":2}]";

    /** Whether it concerns all paths and not only the metrics. */
    boolean isOfAllPaths() {
        return this == LOADING || this == LOGIN_PAGE;
    }

    /** What becomes of an answer that would be right. */
    Answer of(Answer right, Endpoints endpoints) {
        return switch (this) {
            case CONNECTION_REFUSED -> right;
            case LOADING -> endpoints.loading();
            case SERVER_ERROR -> Answer.plain(500, "Internal Server Error");
            case NOT_FOUND -> endpoints.notFound();
            case UNAUTHORIZED -> Answer.json(401, "{\"error\":\"Unauthorized\"}");
            case LOGIN_PAGE -> Answer.ok("text/html; charset=utf-8", LOGIN);
            case EMPTY_BODY -> Answer.ok(TEXT, "");
            case JSON_LIST -> Answer.json(200, ITERATIONS);
            case TRUNCATED_BODY -> right.sent(Delivery.CUT);
            case WRONG_CONTENT_LENGTH -> right.sent(Delivery.ANNOUNCED_SHORT);
            case ENDLESS_BODY -> right.sent(Delivery.ENDLESS);
            default -> right.withBody(edited(right.body(), endpoints));
        };
    }

    private String edited(String body, Endpoints endpoints) {
        return switch (this) {
            case NO_ENGINE_FAMILIES -> BodyEdits.withoutFamilies(body, endpoints.prefix());
            case GARBAGE_LINE -> BodyEdits.withGarbageLine(body);
            case DUPLICATED_SERIES -> BodyEdits.withSamplesTwice(body);
            case NAN_VALUES -> BodyEdits.withGaugesNaN(body);
            case COUNTER_GOES_BACK -> BodyEdits.withCountersHalved(body);
            case ESCAPED_NAMES -> BodyEdits.withNamesEscaped(body);
            default -> body;
        };
    }
}
