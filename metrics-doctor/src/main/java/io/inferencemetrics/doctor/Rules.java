package io.inferencemetrics.doctor;

import java.util.List;

/** All that can be recognised, in the order in which it is looked for. A new cause is a line here. */
final class Rules {
    private Rules() {}

    /** Why a server cannot be read: the first that is the case ends the examination. */
    static final List<Rule> DECISIVE = List.of(
            ConnectionRules::unreadableFile,
            ConnectionRules::unknownHost,
            ConnectionRules::nothingListens,
            ConnectionRules::plainHttp,
            ConnectionRules::tlsRefused,
            ConnectionRules::bodyTooSlow,
            ConnectionRules::noAnswer,
            ConnectionRules::unreachable,
            ConnectionRules::tooLarge,
            ConnectionRules::bodyCut,
            ConnectionRules::notHttp,
            ConnectionRules::notFetched,
            StatusRules::modelLoading,
            StatusRules::llamacppMetricsOff,
            StatusRules::llamacppRouter,
            StatusRules::llamacppKeyMissing,
            StatusRules::sglangMetricsOff,
            StatusRules::wrongPath,
            StatusRules::loginRequired,
            StatusRules::redirectedElsewhere,
            StatusRules::notReady,
            StatusRules::serverError,
            StatusRules::otherStatus,
            BodyRules::emptyBody,
            BodyRules::loginPage,
            BodyRules::webPage,
            BodyRules::tensorRtLlmJson,
            BodyRules::jsonBody,
            BodyRules::notMetrics,
            NameRules::routerUnderAnEnginesNames,
            NameRules::router,
            NameRules::notAnEngine,
            NameRules::escapedBeyondReading,
            NameRules::engineNotInstalled,
            NameRules::statisticsOff,
            NameRules::unknownEngine);

    /** What is wrong with a server that can be read, or at least unusual: all that is the case are told. */
    static final List<Rule> REMARKS = List.of(
            BodyRules::jsonString,
            BodyRules::escapedNames,
            BodyRules::bodyIncomplete,
            BodyRules::seriesRepeated,
            BodyRules::linesSkipped,
            ConnectionRules::slow,
            ActivityRules::unsteady,
            ActivityRules::asleep,
            ActivityRules::stuck,
            ActivityRules::saturated,
            ActivityRules::countersFell,
            CoverageRules::valuesUnusable,
            CoverageRules::metricsMissing,
            ActivityRules::neverUsed,
            ActivityRules::idle,
            ActivityRules::countersStill);

    /** What is good to know about metrics that are not there. */
    static final List<Rule> FOOTNOTES =
            List.of(CoverageRules::optionOff, CoverageRules::notInVersion, CoverageRules::newerThanCatalogue);
}
