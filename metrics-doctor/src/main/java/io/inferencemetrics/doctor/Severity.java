package io.inferencemetrics.doctor;

/** How much a finding stands in the way of reading a server, or GPUs, the least first. */
public enum Severity {
    /** All is well. */
    FINE,
    /** Good to know; nothing needs to be done. */
    NOTICE,
    /** The server can be read, and something is wrong. */
    WARNING,
    /** The server answered, but with nothing that is an engine's metrics. */
    NOT_UNDERSTOOD,
    /** The server did not give its metrics. */
    UNREADABLE
}
