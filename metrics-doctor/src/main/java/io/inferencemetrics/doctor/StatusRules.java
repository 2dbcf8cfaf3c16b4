package io.inferencemetrics.doctor;

import static io.inferencemetrics.doctor.ConnectionRules.when;

import io.inferencemetrics.transport.ResponseHead;
import java.util.Optional;

/** What an answer means that is no success. */
final class StatusRules {
    private StatusRules() {}

    static Optional<Finding> modelLoading(Examination e) {
        return when(
                e.metrics().status() == 503 && e.metrics().says("loading model"),
                Cause.MODEL_LOADING,
                "the server at " + e.target() + " is still loading its model",
                "wait and examine it again");
    }

    static Optional<Finding> llamacppMetricsOff(Examination e) {
        return when(
                e.metrics().status() == 501 && e.metrics().says("metrics"),
                Cause.LLAMACPP_METRICS_OFF,
                "llama.cpp runs without metrics, " + e.target() + " answers 501",
                "start llama-server with --metrics");
    }

    static Optional<Finding> llamacppRouter(Examination e) {
        return when(
                e.metrics().status() == 400
                        && (e.metrics().says("model name is missing")
                                || e.metrics().says("model is not loaded")),
                Cause.LLAMACPP_ROUTER,
                "llama.cpp at " + e.target() + " serves several models and has metrics for each",
                "ask for /metrics?model=NAME&autoload=false, because without autoload=false the question itself loads"
                        + " the model");
    }

    static Optional<Finding> llamacppKeyMissing(Examination e) {
        return when(
                e.metrics().status() == 401 && e.metrics().says("authentication_error"),
                Cause.LLAMACPP_KEY_MISSING,
                "llama.cpp runs with --api-key, which guards " + e.target() + " too",
                "give that key as a bearer token");
    }

    /** vLLM and TGI always serve their metrics, SGLang does not. */
    static Optional<Finding> sglangMetricsOff(Examination e) {
        return when(
                e.metrics().status() == 404
                        && e.identity().filter(i -> i.is("sglang")).isPresent(),
                Cause.SGLANG_METRICS_OFF,
                "SGLang runs without metrics, " + e.target() + " answers 404",
                "start it with --enable-metrics");
    }

    static Optional<Finding> wrongPath(Examination e) {
        if (e.metrics().status() != 404 && e.metrics().status() != 405) {
            return Optional.empty();
        }
        String who = e.identity().map(Identity::title).orElse("a server that is no engine known here");
        return Optional.of(
                new Finding(Cause.WRONG_PATH, who + " answers, but has nothing at " + e.target(), rightPath(e)));
    }

    private static String rightPath(Examination e) {
        if (e.identity().filter(i -> i.is("trtllm")).isPresent()) {
            return "start trtllm-serve with return_perf_metrics: true and read /prometheus/metrics";
        }
        return e.target().endsWith("/metrics")
                ? "give the port of the engine itself (usually " + ConnectionRules.usualPorts() + ")"
                : "read /metrics of the same server";
    }

    static Optional<Finding> loginRequired(Examination e) {
        int status = e.metrics().status();
        return when(
                status == 401 || status == 403 || status == 407,
                Cause.LOGIN_REQUIRED,
                e.target() + " wants to know who asks and answers " + status,
                e.hasCredentials()
                        ? "correct the credentials, which it does not accept"
                        : "give a bearer token, or a user and password, or read the engine past the proxy");
    }

    static Optional<Finding> redirectedElsewhere(Examination e) {
        String location = e.metrics()
                .head()
                .flatMap(ResponseHead::location)
                .map(Words::line)
                .orElse("nowhere");
        return when(
                e.metrics().status() / 100 == 3,
                Cause.REDIRECTED_ELSEWHERE,
                e.target() + " sends the request on to " + Words.withoutQuery(location)
                        + ", which is not followed, since credentials go along",
                "log in where a proxy asks for it, or give the address that it leads to");
    }

    static Optional<Finding> notReady(Examination e) {
        int status = e.metrics().status();
        return when(
                status == 502 || status == 503 || status == 504,
                Cause.NOT_READY,
                e.target() + " answers " + status + ", so the server, or what is behind this proxy, is not ready",
                "wait, and if it stays so look at the engine's log");
    }

    static Optional<Finding> serverError(Examination e) {
        return when(
                e.metrics().status() / 100 == 5,
                Cause.SERVER_ERROR,
                "the server failed to write its metrics, " + e.target() + " answers "
                        + e.metrics().status(),
                "look at its log; where it runs several processes, PROMETHEUS_MULTIPROC_DIR must be a local folder"
                        + " that was empty at the start");
    }

    static Optional<Finding> otherStatus(Examination e) {
        return when(
                e.metrics().status() != 200,
                Cause.OTHER_STATUS,
                e.target() + " was expected to answer 200, but answered "
                        + e.metrics().status() + said(e),
                "check the address: engines serve their metrics at /metrics");
    }

    private static String said(Examination e) {
        String text = Words.line(e.metrics().start());
        return text.isEmpty() ? "" : " (" + text + ")";
    }
}
