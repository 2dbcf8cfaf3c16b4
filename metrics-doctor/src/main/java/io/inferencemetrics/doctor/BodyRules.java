package io.inferencemetrics.doctor;

import static io.inferencemetrics.doctor.ConnectionRules.when;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.Detection;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Bodies that are no metrics, or metrics in another dress. */
final class BodyRules {
    private static final List<String> LOGIN = List.of("password", "log in", "login", "sign in", "signin", "sso");
    private static final String END_OF_OPENMETRICS = "# EOF";
    private static final List<String> ITERATION_STATS =
            List.of("\"iter\"", "\"gpuMemUsage\"", "\"kvCacheStats\"", "\"inflightBatchingStats\"");

    private BodyRules() {}

    static Optional<Finding> emptyBody(Examination e) {
        boolean noSample = e.detection().isPresent() && e.names().isEmpty();
        return when(
                e.metrics().start().isEmpty() || noSample,
                Cause.EMPTY_BODY,
                e.target() + " answers 200 without a single sample",
                "send a request and examine it again; with several processes look whether"
                        + " PROMETHEUS_MULTIPROC_DIR was emptied while it ran");
    }

    static Optional<Finding> loginPage(Examination e) {
        return when(
                isHtml(e) && LOGIN.stream().anyMatch(e.metrics()::says),
                Cause.LOGIN_PAGE,
                e.target() + " answers with a page to log in",
                "give a bearer token, or a user and password, or read the engine past the proxy");
    }

    static Optional<Finding> webPage(Examination e) {
        return when(
                isHtml(e),
                Cause.WEB_PAGE,
                e.target() + " answers with a web page instead of metrics",
                "check path and port: this is a user interface or a proxy, not the engine");
    }

    /** Its statistics wait in a queue that each read empties, so the JSON is asked for only once. */
    static Optional<Finding> tensorRtLlmJson(Examination e) {
        String start = e.metrics().start();
        boolean object = start.startsWith("{") && ITERATION_STATS.stream().anyMatch(e.metrics()::says);
        if (!start.startsWith("[") && !object) {
            return Optional.empty();
        }
        boolean text = e.aside("/prometheus/metrics")
                .flatMap(Exchange::head)
                .filter(head -> head.status() == 200)
                .isPresent();
        return Optional.of(new Finding(
                Cause.TENSORRT_LLM_JSON,
                e.target() + " is JSON as TensorRT-LLM sends it, which each read takes away from all other readers",
                text
                        ? "read /prometheus/metrics of the same server instead"
                        : "start trtllm-serve with return_perf_metrics: true and read /prometheus/metrics instead"));
    }

    static Optional<Finding> jsonBody(Examination e) {
        return when(
                e.metrics().start().startsWith("{"),
                Cause.JSON_BODY,
                e.target() + " answers with JSON instead of metrics, beginning "
                        + Words.line(e.metrics().start()),
                "check the path: engines serve their metrics as text at /metrics");
    }

    static Optional<Finding> notMetrics(Examination e) {
        return e.failure()
                .map((CollectException failure) -> new Finding(
                        Cause.NOT_METRICS,
                        String.valueOf(failure.getMessage()),
                        "check the path: engines serve their metrics as text at /metrics"));
    }

    static Optional<Finding> jsonString(Examination e) {
        return when(
                e.metrics().start().startsWith("\""),
                Cause.JSON_STRING,
                e.target() + " sends its text as one JSON string, which was understood but which Prometheus does not"
                        + " read",
                "return the text as text/plain, in FastAPI as a PlainTextResponse");
    }

    /** Some writers of OpenMetrics turn the colon of a name into an underscore, and so do some that pass metrics on. */
    static Optional<Finding> escapedNames(Examination e) {
        Optional<String> prefix = e.detection().flatMap(Detection::engine).flatMap(BodyRules::prefixWithColon);
        boolean escaped = prefix.isPresent()
                && e.names().stream()
                        .anyMatch(name -> name.startsWith(prefix.get().replace(':', '_')));
        return when(
                escaped && !e.target().contains("/v1/loads"),
                Cause.ESCAPED_NAMES,
                e.target() + " writes " + prefix.map(p -> p.replace(':', '_')).orElse("") + " for " + prefix.orElse("")
                        + " in its names, which was understood but which dashboards and rules do not find",
                "let what scrapes it ask for text/plain, or add escaping=allow-utf-8 where it asks for OpenMetrics");
    }

    /** A number that was cut looks like another number, so that no line needs to have been skipped. */
    static Optional<Finding> bodyIncomplete(Examination e) {
        return when(
                isIncomplete(e),
                Cause.BODY_INCOMPLETE,
                "the text at " + e.target() + " ends without its end after "
                        + e.metrics().body().length + " bytes, so the last value may be wrong and others missing",
                "look for a proxy that sends a wrong Content-Length, or for an exporter that leaves out the last line feed");
    }

    /** The text format ends each line, OpenMetrics says where it ends; a file may have lost that when it was saved. */
    private static boolean isIncomplete(Examination e) {
        Exchange metrics = e.metrics();
        byte[] body = metrics.body();
        if (e.kind() == Target.Kind.FILE || body.length == 0 || metrics.start().startsWith("\"")) {
            return false;
        }
        int tail = Math.max(0, body.length - END_OF_OPENMETRICS.length() - 1);
        boolean saysItsEnd = new String(body, tail, body.length - tail, StandardCharsets.UTF_8)
                .strip()
                .equals(END_OF_OPENMETRICS);
        boolean openMetrics = metrics.head()
                .flatMap(ResponseHead::contentType)
                .filter(type -> type.contains("openmetrics"))
                .isPresent();
        return !saysItsEnd && (openMetrics || body[body.length - 1] != '\n');
    }

    static Optional<Finding> seriesRepeated(Examination e) {
        long repeated = e.snapshot()
                .map(snapshot -> snapshot.coverage().duplicateSeries())
                .orElse(0L);
        return when(
                repeated > 0,
                Cause.SERIES_REPEATED,
                Words.count(repeated, "sample") + " at " + e.target() + " "
                        + (repeated == 1 ? "is of a series" : "are of series") + " that had come before, such as "
                        + firstRepeated(e).map(Words::line).orElse("") + ", and only the first of each was taken",
                "look for an exporter or a proxy that joins the metrics of several processes without a label for each");
    }

    private static Optional<String> firstRepeated(Examination e) {
        Set<String> seen = new HashSet<>();
        return e.snapshot().stream()
                .flatMap(snapshot -> snapshot.rawSamples().stream())
                .map(sample -> sample.name() + new TreeMap<>(sample.labels()))
                .filter(series -> !seen.add(series))
                .findFirst();
    }

    static Optional<Finding> linesSkipped(Examination e) {
        Optional<Coverage> coverage = e.snapshot().map(MetricsSnapshot::coverage);
        long lines = coverage.map(Coverage::skippedLines).orElse(0L) - (isLastLineSkipped(e) ? 1 : 0);
        String first = coverage.flatMap(c -> c.firstSkipped().stream().findFirst())
                .map(Words::line)
                .orElse("");
        return when(
                lines > 0,
                Cause.LINES_SKIPPED,
                Words.count(lines, "line") + " of " + e.target() + " cannot be read, such as " + first,
                "look at the body with collect --raw for what writes into it");
    }

    /** A line that was cut is told of as such. */
    private static boolean isLastLineSkipped(Examination e) {
        String last = "line "
                + new String(e.metrics().body(), StandardCharsets.UTF_8).lines().count() + ",";
        return isIncomplete(e)
                && e.snapshot().stream()
                        .flatMap(snapshot -> snapshot.coverage().firstSkipped().stream())
                        .anyMatch(line -> line.startsWith(last));
    }

    private static Optional<String> prefixWithColon(String engine) {
        return Collectors.engines().stream()
                .filter(provider -> provider.id().equals(engine))
                .map(provider -> provider.catalog().prefixes().get(0))
                .filter(prefix -> prefix.endsWith(":"))
                .findFirst();
    }

    private static boolean isHtml(Examination e) {
        return e.metrics().start().startsWith("<");
    }
}
