package io.inferencemetrics.doctor;

import static io.inferencemetrics.doctor.Severity.FINE;
import static io.inferencemetrics.doctor.Severity.NOTICE;
import static io.inferencemetrics.doctor.Severity.NOT_UNDERSTOOD;
import static io.inferencemetrics.doctor.Severity.UNREADABLE;
import static io.inferencemetrics.doctor.Severity.WARNING;

/** What can be the matter with a server, or with the GPUs of this machine. */
public enum Cause {
    /** The file does not exist or may not be read. */
    FILE_UNREADABLE(UNREADABLE),
    /** No address is known for the host's name. */
    UNKNOWN_HOST(UNREADABLE),
    /** The port refuses connections. */
    NOTHING_LISTENS(UNREADABLE),
    /** Packets to the host get no answer at all. */
    UNREACHABLE(UNREADABLE),
    /** HTTPS was asked for, but the server speaks plain HTTP. */
    PLAIN_HTTP(UNREADABLE),
    /** The TLS connection failed, mostly for a certificate that is not trusted. */
    TLS_REFUSED(UNREADABLE),
    /** The server takes connections, but does not answer in time. */
    NO_ANSWER(UNREADABLE),
    /** The answer began in time, but did not end in time. */
    BODY_TOO_SLOW(UNREADABLE),
    /** What listens there does not speak plain HTTP/1.1. */
    NOT_HTTP(UNREADABLE),
    /** The connection broke in the middle of the answer. */
    BODY_CUT(UNREADABLE),
    /** The answer is larger than the examination reads. */
    TOO_LARGE(UNREADABLE),
    /** The answer could not be fetched for another reason. */
    NOT_FETCHED(UNREADABLE),

    /** SGLang runs without {@code --enable-metrics}. */
    SGLANG_METRICS_OFF(UNREADABLE),
    /** llama.cpp runs without {@code --metrics}. */
    LLAMACPP_METRICS_OFF(UNREADABLE),
    /** Nothing is at this path, and the server is not known to hide metrics. */
    WRONG_PATH(UNREADABLE),
    /** llama.cpp runs with {@code --api-key}, which guards its metrics too. */
    LLAMACPP_KEY_MISSING(UNREADABLE),
    /** The server, or a proxy before it, wants to know who asks. */
    LOGIN_REQUIRED(UNREADABLE),
    /** The request is sent on to another server, mostly to log in. */
    REDIRECTED_ELSEWHERE(UNREADABLE),
    /** The model is still being loaded. */
    MODEL_LOADING(UNREADABLE),
    /** llama.cpp serves several models and wants to know which one. */
    LLAMACPP_ROUTER(UNREADABLE),
    /** The server, or what is behind a proxy, is not ready. */
    NOT_READY(UNREADABLE),
    /** The server failed to write its metrics. */
    SERVER_ERROR(UNREADABLE),
    /** The server answered with a status that tells nothing more. */
    OTHER_STATUS(UNREADABLE),

    /** The answer succeeded and is empty. */
    EMPTY_BODY(NOT_UNDERSTOOD),
    /** A login page came instead of metrics. */
    LOGIN_PAGE(NOT_UNDERSTOOD),
    /** A web page came instead of metrics. */
    WEB_PAGE(NOT_UNDERSTOOD),
    /** TensorRT-LLM's JSON, which is gone once it was read; its metrics are elsewhere. */
    TENSORRT_LLM_JSON(NOT_UNDERSTOOD),
    /** JSON came instead of metrics. */
    JSON_BODY(NOT_UNDERSTOOD),
    /** What came is no exposition of metrics. */
    NOT_METRICS(NOT_UNDERSTOOD),

    /** The metrics are those of a router or proxy before the engines. */
    ROUTER(NOT_UNDERSTOOD),
    /** The metrics are those of something beside the engines: an exporter, a cache. */
    NOT_AN_ENGINE(NOT_UNDERSTOOD),
    /** The names are escaped in a form that is not read. */
    ESCAPED_BEYOND_READING(NOT_UNDERSTOOD),
    /** The engine is known, but no module that reads it is installed. */
    ENGINE_NOT_INSTALLED(NOT_UNDERSTOOD),
    /** Only the web framework's metrics are there: the engine's own statistics are off. */
    STATISTICS_OFF(NOT_UNDERSTOOD),
    /** These are metrics, but of no engine that is known. */
    UNKNOWN_ENGINE(NOT_UNDERSTOOD),

    /** No module that reads the GPUs of this machine is installed. */
    GPU_MODULE_MISSING(UNREADABLE),
    /** This machine has no GPU of NVIDIA's. */
    NO_GPU(UNREADABLE),
    /** The GPU's driver is not loaded. */
    GPU_DRIVER_MISSING(UNREADABLE),
    /** The driver's library is not there. */
    GPU_LIBRARY_MISSING(UNREADABLE),
    /** The driver that is loaded and its library are of different versions. */
    GPU_VERSION_MISMATCH(UNREADABLE),
    /** This user may not talk to the driver. */
    GPU_NO_PERMISSION(UNREADABLE),
    /** The machine has a driver, but this container, or this system, not its devices. */
    GPU_DEVICE_MISSING(UNREADABLE),
    /** The GPUs cannot be read for another reason. */
    GPU_UNREADABLE(UNREADABLE),

    /** The text came as one JSON string; it was understood all the same. */
    JSON_STRING(WARNING),
    /** Names have {@code _} for {@code :}; they were understood all the same. */
    ESCAPED_NAMES(WARNING),
    /** The answer was whole for HTTP, but the text in it has no end. */
    BODY_INCOMPLETE(WARNING),
    /** Series came more than once; the first of each was taken. */
    SERIES_REPEATED(WARNING),
    /** Some lines could not be read. */
    LINES_SKIPPED(WARNING),
    /** The server took long, and in which part of the read. */
    SLOW(WARNING),
    /** The server failed to answer a second time. */
    UNSTEADY(WARNING),
    /** The engine was put to sleep. */
    ASLEEP(WARNING),
    /** Requests wait, none runs, and no counter moves. */
    STUCK(WARNING),
    /** Requests queue: the KV cache is full, or more wait than run. */
    SATURATED(WARNING),
    /** Counters fell between two reads. */
    COUNTERS_FELL(WARNING),
    /** Metrics are there with values that mean nothing, such as NaN. */
    VALUES_UNUSABLE(WARNING),
    /** Metrics that this version should have are not there. */
    METRICS_MISSING(WARNING),

    /** The GPUs are read in a slower way than the best, and tell less. */
    GPU_SLOWER_WAY(WARNING),
    /** A GPU has fallen off its bus, or waits for a reset. */
    GPU_LOST(WARNING),
    /** A GPU of several may not be read. */
    GPU_WITHHELD(WARNING),

    /** No request has come yet. */
    NEVER_USED(NOTICE),
    /** No request is there now. */
    IDLE(NOTICE),
    /** Requests run, but no counter moved between two reads. */
    COUNTERS_STILL(NOTICE),
    /** All is well. */
    HEALTHY(FINE),
    /** Metrics that come with an option that is not in use. */
    OPTION_OFF(NOTICE),
    /** Metrics that other versions of the engine have. */
    NOT_IN_VERSION(NOTICE),
    /** Names of the engine that its catalogue lacks. */
    NEWER_THAN_CATALOGUE(NOTICE),
    /** A GPU is split into MIG instances, of which less is told than of whole ones. */
    GPU_SPLIT(NOTICE);

    private final Severity severity;

    Cause(Severity severity) {
        this.severity = severity;
    }

    /** How much it stands in the way of reading a server. */
    public Severity severity() {
        return severity;
    }
}
