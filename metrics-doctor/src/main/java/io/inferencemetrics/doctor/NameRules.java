package io.inferencemetrics.doctor;

import static io.inferencemetrics.doctor.ConnectionRules.when;

import io.inferencemetrics.Detection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the names say: metrics of something else, of an engine without statistics, or of nobody that is known. */
final class NameRules {
    private static final Pattern WEB_FRAMEWORK = Pattern.compile("(http|python|process|fastapi)_.*");

    private NameRules() {}

    /** The router of vLLM's production stack writes its own figures under names that vLLM has too. */
    static Optional<Finding> routerUnderAnEnginesNames(Examination e) {
        return when(
                e.names().contains("vllm:current_qps"),
                Cause.ROUTER,
                e.target()
                        + " is the router of vLLM's production stack, whose figures are its own though they are named"
                        + " like vLLM's",
                "read /metrics of each vLLM behind it");
    }

    static Optional<Finding> router(Examination e) {
        return stranger(e, true)
                .map(router -> new Finding(
                        Cause.ROUTER,
                        "the metrics at " + e.target() + " are those of " + router.title() + ", not of an engine",
                        router.remedy()));
    }

    static Optional<Finding> notAnEngine(Examination e) {
        return stranger(e, false)
                .map(other -> new Finding(
                        Cause.NOT_AN_ENGINE,
                        "the metrics at " + e.target() + " are those of " + other.title() + ", not of an engine",
                        other.remedy()));
    }

    /** Prometheus can write any name in letters, digits and underscores; collectors read none of these. */
    static Optional<Finding> escapedBeyondReading(Examination e) {
        Optional<String> escaped =
                e.names().stream().filter(name -> name.startsWith("U__")).findFirst();
        return when(
                escaped.isPresent() && !e.isInstalledEngine(),
                Cause.ESCAPED_BEYOND_READING,
                "the names at " + e.target() + " are escaped, such as " + Words.line(escaped.orElse("")),
                "read the engine itself, or set escaping=allow-utf-8 in what passes its metrics on");
    }

    static Optional<Finding> engineNotInstalled(Examination e) {
        return e.detection()
                .filter(detection -> !detection.installed())
                .flatMap(Detection::title)
                .map(title -> new Finding(
                        Cause.ENGINE_NOT_INSTALLED,
                        e.target() + " is " + title + ", for which no module is installed",
                        "add the module that reads it, where there is one, or describe it in a catalogue of your own"));
    }

    static Optional<Finding> statisticsOff(Examination e) {
        boolean only = isUnknown(e)
                && e.names().stream()
                        .allMatch(name -> WEB_FRAMEWORK.matcher(name).matches());
        if (!only) {
            return Optional.empty();
        }
        boolean vllm = e.identity().filter(i -> i.is("vllm")).isPresent();
        String who = e.identity().map(Identity::title).orElse("a server, such as vLLM,");
        return Optional.of(new Finding(
                Cause.STATISTICS_OFF,
                who + " at " + e.target() + " tells of its web framework, but has no metric of the engine",
                vllm
                        ? "start it without --disable-log-stats"
                        : "start it without --disable-log-stats if it is vLLM, else give the engine's own port"));
    }

    static Optional<Finding> unknownEngine(Examination e) {
        return when(
                isUnknown(e),
                Cause.UNKNOWN_ENGINE,
                e.target() + " has metrics of no engine that is known here, such as " + Words.some(e.names()),
                "give the port of the engine itself (usually " + ConnectionRules.usualPorts()
                        + "), or describe this one in a catalogue");
    }

    private static boolean isUnknown(Examination e) {
        return e.detection().filter(detection -> detection.engine().isEmpty()).isPresent();
    }

    /** An engine's own names win: NVIDIA Dynamo and Ray pass an engine's metrics on among theirs. */
    private static Optional<Stranger> stranger(Examination e, boolean router) {
        List<String> names = e.isInstalledEngine() ? List.of() : e.names();
        return Stranger.KNOWN.stream()
                .filter(known -> known.router() == router)
                .filter(known -> known.wrote(names))
                .findFirst();
    }
}
