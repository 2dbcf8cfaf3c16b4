package io.inferencemetrics.snapshot;

/** Why a metric has no value in a snapshot: the likeliest reason that the text itself allows. */
public enum Absence {
    /** The engine has nothing of the kind in any version. */
    NOT_EXPOSED,
    /** Other versions of the engine have it, this one does not. */
    NOT_IN_VERSION,
    /** It comes only with an option or a build that is not in use here. */
    OPTION_OFF,
    /** It appears after its first event or the first request. */
    NOTHING_YET,
    /** The body has no metric of the engine at all: its statistics are off. */
    STATISTICS_OFF,
    /** The engine itself says that the feature is off. */
    SWITCHED_OFF,
    /** The name is there, but holds another kind of value. */
    WRONG_KIND,
    /** Ranks or series disagree where there can be only one value. */
    AMBIGUOUS,
    /** It is a rate, and the time between the two scrapes is not known. */
    NO_TIME_BETWEEN,
    /** The device, its driver or its mode of operation has nothing of the kind. */
    NOT_SUPPORTED,
    /** It is there, but this process may not read it. */
    NO_PERMISSION,
    /** The device has fallen off its bus or waits to be reset. */
    LOST,
    /** The collector was told not to read it. */
    NOT_WANTED,
    /** It should be there and is not. */
    UNKNOWN
}
