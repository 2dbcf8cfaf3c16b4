package io.inferencemetrics.identity;

/** What a server says of its own state. */
public enum Health {
    /** It takes requests. */
    READY,
    /** It is still loading. */
    LOADING,
    /** It takes no requests: it is starting, paused, ending, or its engine died. */
    UNHEALTHY
}
