package io.inferencemetrics.failure;

/** The kinds of failure that a program may want to tell apart. */
public enum FailureKind {
    /** No connection, or it broke before the body was complete. */
    CONNECT,
    /** The deadline passed before the whole body was there. */
    TIMEOUT,
    /** The server answered with a status other than 200. */
    STATUS,
    /** What came is no exposition of metrics: HTML, JSON, or lines none of which is a sample. An empty body is a snapshot. */
    NOT_PROMETHEUS,
    /** The metrics are those of another engine than the one asked for. */
    WRONG_ENGINE,
    /** The body, or a part of it, is larger than the limit set for it. */
    TOO_LARGE,
    /** The body could not be parsed. */
    PARSE,
    /** The collect was cancelled, or its thread interrupted. */
    CANCELLED
}
